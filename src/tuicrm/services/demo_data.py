"""What the demo is made of: names, companies and phrases of a firm that sells and repairs heating and pumps.

Nobody here exists. Persian names stand as (Persian, Latin) pairs, because addresses need Latin letters and an
office writes some people's names in Latin letters anyway.
"""

from __future__ import annotations

from typing import Final

PERSIAN_FIRST: Final = (
    ("لیلا", "Leila"), ("رضا", "Reza"), ("نادیا", "Nadia"), ("مریم", "Maryam"), ("حسین", "Hossein"),
    ("زهرا", "Zahra"), ("علی", "Ali"), ("فاطمه", "Fatemeh"), ("محمد", "Mohammad"), ("سارا", "Sara"),
    ("امیر", "Amir"), ("نرگس", "Narges"), ("بهرام", "Bahram"), ("شیرین", "Shirin"), ("کاوه", "Kaveh"),
    ("مینا", "Mina"), ("پویا", "Pouya"), ("نازنین", "Nazanin"), ("سعید", "Saeed"), ("الهام", "Elham"),
    ("آرش", "Arash"), ("پریسا", "Parisa"), ("مهدی", "Mehdi"), ("هستی", "Hasti"), ("یاسمن", "Yasaman"),
    ("داوود", "Davoud"), ("گلناز", "Golnaz"), ("فرهاد", "Farhad"), ("سمیرا", "Samira"), ("کیان", "Kian"),
    ("ژاله", "Zhaleh"), ("چنگیز", "Changiz"), ("عبدالله", "Abdollah"), ("ثریا", "Soraya"), ("طاهره", "Tahereh"),
)  # fmt: skip

PERSIAN_LAST: Final = (
    ("کریمی", "Karimi"), ("احمدی", "Ahmadi"), ("رستمی", "Rostami"), ("کاظمی", "Kazemi"), ("حسینی", "Hosseini"),
    ("رضایی", "Rezaei"), ("موسوی", "Mousavi"), ("جعفری", "Jafari"), ("صادقی", "Sadeghi"), ("نوری", "Nouri"),
    ("قاسمی", "Ghasemi"), ("ابراهیمی", "Ebrahimi"), ("شریفی", "Sharifi"), ("یزدانی", "Yazdani"),
    ("فرهادی", "Farhadi"), ("میرزایی", "Mirzaei"), ("حیدری", "Heydari"), ("سلطانی", "Soltani"),
    ("پورمحمدی", "Pourmohammadi"), ("تهرانی", "Tehrani"), ("علی‌نژاد", "Alinejad"), ("خسروی", "Khosravi"),
    ("بهرامی", "Bahrami"), ("گودرزی", "Goudarzi"), ("کیانی", "Kiani"), ("ژیان", "Zhian"), ("شیرازی", "Shirazi"),
    ("اصفهانی", "Esfahani"), ("نیک‌پور", "Nikpour"), ("چراغی", "Cheraghi"), ("معینی", "Moeini"),
    ("داوودی", "Davoudi"), ("زمانی", "Zamani"), ("مرادی", "Moradi"), ("ظریف", "Zarif"),
)  # fmt: skip

ENGLISH_FIRST: Final = (
    "George", "Kate", "Oliver", "Amelia", "Harry", "Isla", "Jack", "Grace", "Charlie", "Freya", "Thomas", "Emily",
    "James", "Sophie", "William", "Alice", "Henry", "Ruby", "Daniel", "Chloe", "Samuel", "Ellie", "Joseph", "Lucy",
    "David", "Hannah", "Edward", "Molly", "Peter", "Rose", "Martin", "Zoe", "Siobhan", "Owen", "Niamh",
)  # fmt: skip

ENGLISH_LAST: Final = (
    "Webb", "Carter", "Hughes", "Bennett", "Foster", "Palmer", "Reid", "Marsh", "Holt", "Barker", "Doyle", "Fletcher",
    "Grant", "Harding", "Ingram", "Jarvis", "Kerr", "Lowe", "Mercer", "Norris", "O'Brien", "Pratt", "Quinn", "Rowe",
    "Sutton", "Tate", "Underwood", "Vaughan", "Walsh", "Yates", "Ashdown", "Blackwood", "Chandler", "Drummond",
    "St. John",
)  # fmt: skip

PERSIAN_COMPANIES: Final = (
    ("پارس شیمی", "parsshimi"), ("پارس پمپ", "parspump"), ("تأسیسات البرز", "alborz"), ("بازرگانی نوین", "novin"),
    ("گرمایش آریا", "arya"), ("ساختمانی سپید", "sepid"), ("صنایع غذایی گلستان", "golestan"),
    ("هتل پارسه", "parseh"), ("درمانگاه مهر", "mehr"), ("نرم‌افزار کاوش", "kavosh"), ("چاپ رنگین", "rangin"),
    ("کشت و صنعت زاگرس", "zagros"), ("حمل و نقل راهوار", "rahvar"), ("مجتمع آموزشی دانا", "dana"),
    ("فولاد کویر", "kavir"), ("لبنیات دشت", "dasht"),
)  # fmt: skip

ENGLISH_COMPANIES: Final = (
    ("Webb & Sons", "webbsons"), ("Northgate Heating", "northgate"), ("Harbour Hotel", "harbourhotel"),
    ("Blue Door Lettings", "bluedoor"), ("Marsh Engineering", "marsheng"), ("Oakfield School", "oakfield"),
    ("Riverside Dairy", "riversidedairy"), ("Kerr Plumbing", "kerrplumbing"), ("Castle Print", "castleprint"),
    ("Hilltop Farm Shop", "hilltop"), ("Lowe Property Care", "loweproperty"), ("Tate Joinery", "tatejoinery"),
    ("St. Anne's Clinic", "stannes"), ("Foster Cold Storage", "fostercold"), ("Pars Trading", "parstrading"),
    ("Acme [eu]", "acme"),
)  # fmt: skip

PERSIAN_CITIES: Final = ("تهران", "کرج", "اصفهان", "شیراز", "تبریز", "مشهد", "رشت")
ENGLISH_CITIES: Final = ("Leeds", "London", "Manchester", "York", "Bristol", "Glasgow")
TAGS: Final = ("vip", "north", "south", "wholesale", "landlord", "school", "monthly")
PERSIAN_TAGS: Final = ("ویژه", "عمده", "نقدی", "شهرستان")

NOTES: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "quote": (
        (
            "price list sent, wants {n}",
            "quote {n} radiators",
            "asked for a quote, pump P40, {n} pieces",
            "thinks P{n}0 is too dear, compares with two others",
            "wants a discount on {n}",
            "quote accepted in principle, waits for his partner",
        ),
        (
            "لیست قیمت ارسال شد، {n} عدد می‌خواهد",
            "پیش‌فاکتور {n} رادیاتور خواست",
            "قیمت پمپ P40 را پرسید",
            "تخفیف می‌خواهد، {n} عدد",
            "با دو جای دیگر مقایسه می‌کند",
            "پیش‌فاکتور را پسندید، با شریکش حرف می‌زند",
        ),
    ),
    "order": (
        (
            "order {n} boxes of valves, deliver to the back gate",
            "ordered {n} more, same as last time",
            "order changed from 5 to {n}",
            "wants the order split over two months",
        ),
        (
            "سفارش {n} کارتن شیر، تحویل درِ پشتی",
            "{n} عدد دیگر مثل دفعهٔ قبل سفارش داد",
            "سفارش را از ۵ به {n} تغییر داد",
            "سفارش در دو نوبت ارسال شود",
        ),
    ),
    "invoice": (
        (
            "invoice {n}0 has the wrong address",
            "sent the invoice again",
            "bill not received, checks with accounts",
            "wants one invoice a month",
        ),
        (
            "فاکتور {n}۰ نشانی‌اش اشتباه است",
            "صورت‌حساب دوباره ارسال شد",
            "فاکتور نرسیده، از حسابداری می‌پرسد",
            "فاکتور رسمی می‌خواهد",
        ),
    ),
    "payment": (
        (
            "paid this morning, {n} still open",
            "payment promised by the {n}th",
            "asks for {n} more days",
            "cheque lost, pays by transfer",
        ),
        (
            "واریز کرد، {n} میلیون مانده",
            "پرداخت را تا {n} روز دیگر قول داد",
            "{n} روز مهلت خواست",
            "چک گم شده، کارت به کارت می‌کند",
        ),
    ),
    "delivery": (
        (
            "delivery {n} days late, apologised",
            "wants it delivered after {n}",
            "driver was at the wrong door",
            "shipping papers sent",
        ),
        (
            "ارسال {n} روز دیر شده، عذرخواهی شد",
            "تحویل بعد از ساعت {n}",
            "راننده نشانی را پیدا نکرد",
            "بارنامه ارسال شد",
        ),
    ),
    "contract": (
        (
            "contract renewal, wants {n} % off",
            "renewal signed for a year",
            "will think about the service contract",
            "contract ends in {n} weeks, undecided",
        ),
        (
            "تمدید قرارداد، {n} درصد تخفیف می‌خواهد",
            "قرارداد یک‌ساله امضا شد",
            "دربارهٔ قرارداد سرویس فکر می‌کند",
            "قرارداد {n} هفتهٔ دیگر تمام می‌شود",
        ),
    ),
    "appointment": (
        ("confirmed the appointment, {n} o'clock", "appointment moved by a day", "site visit agreed, bring P40"),
        ("قرار ساعت {n} تأیید شد", "قرار یک روز عقب افتاد", "بازدید از محل، پمپ P40 همراه باشد"),
    ),
    "question": (
        ("asks which valve fits P{n}0", "how to bleed radiators, explained", "opening hours over the holidays"),
        ("پرسید کدام شیر به P{n}۰ می‌خورد", "هواگیری رادیاتور را توضیح دادم", "ساعت کار تعطیلات را پرسید"),
    ),
    "fault": (
        (
            "boiler dead, E{n}",
            "leaking seal, pump P40",
            "no hot water since {n}, two flats",
            "broken thermostat, third time",
            "pressure drops every {n} days",
        ),
        (
            "پکیج خاموش است، خطای E{n}",
            "خرابی پمپ، نشتی دارد",
            "آب گرم ندارد، {n} واحد",
            "ترموستات خراب، بار سوم",
            "فشار هر {n} روز می‌افتد",
        ),
    ),
    "complaint": (
        ("complaint, waited {n} days for a part", "fitter came {n} hours late", "rude driver, wants an apology"),
        ("شکایت از تأخیر، {n} روز منتظر قطعه", "نصاب {n} ساعت دیر آمد", "از رفتار راننده گله دارد"),
    ),
    "service": (
        ("service due, {n} boilers", "maintenance before winter, flat {n}", "fitting of {n} radiators, on a Saturday"),
        ("سرویس سالانه، {n} پکیج", "تعمیر قبل از زمستان، واحد {n}", "نصب {n} رادیاتور، روز تعطیل"),
    ),
}  # fmt: skip
"""Notes by topic: English, Persian. ``{n}`` becomes a number from 2 to 9."""

CLOSING: Final = (
    ("tested, runs again", "part fitted, tested", "talked it over, content now", "replaced under warranty"),
    ("درست شد و تست شد", "قطعه عوض شد", "صحبت شد، راضی است", "با گارانتی تعویض شد"),
)
COMMENTS: Final = (
    ("part ordered", "asks when somebody comes", "sent a photo of the plate", "same again after two days"),
    ("قطعه سفارش داده شد", "می‌پرسد کی می‌آیند", "عکس پلاک را فرستاد", "بعد از دو روز دوباره"),
)
NO_MORE: Final = (("asked not to be called again",), ("خواست دیگر زنگ نزنیم",))
REASONS: Final = (
    (
        "call back: price of pump",
        "keep in touch",
        "quote, {n} radiators",
        "contract renewal",
        "ask about the delivery",
    ),
    ("تماس دوباره: قیمت پمپ", "احوال‌پرسی", "پیش‌فاکتور {n} رادیاتور", "تمدید قرارداد", "پیگیری ارسال"),
)
COLLEAGUES: Final = (("sara", "Sara Moradi"), ("omid", "Omid Rahimi"), ("kate", "Kate Allen"))
