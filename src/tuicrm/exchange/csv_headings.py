"""The headings that programs give the columns of a list of people, and what stands under them. Data only.

Google Contacts, Outlook, Thunderbird, Roundcube, HubSpot, Salesforce, Zoho, Freshdesk, Zammad, Mautic, LinkedIn,
VICIdial, and spreadsheets; English and Persian, German and French where those programs are known to write them.
Written as they are there, without the numbers of columns that come several times (``Phone 2``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        *("name", "full name", "display name", "contact", "contact name", "person name", "customer name"),
        *("customer", "client", "client name", "lead name", "fullname", "displayname", "cn"),
        *("نام", "نام کامل", "نام و نام خانوادگی", "نام مشتری", "مشتری", "نام مخاطب", "مخاطب", "اسم"),
        *("anzeigename", "vollständiger name", "nom complet", "nom à afficher", "nom", "الاسم"),
        *("氏名", "名前", "お名前", "フルネーム", "表示名"),
    ),
    "first": (
        *("first name", "given name", "firstname", "givenname", "forename", "first"),
        *("نام کوچک", "اسم کوچک", "vorname", "prénom", "名", "下の名前"),
    ),
    "middle": (
        *("middle name", "middlename", "middle", "middle initial", "additional name", "second name"),
        *(
            "نام میانی",
            "weitere vornamen",
            "zweiter vorname",
            "deuxième prénom",
            "ミドル ネーム",
            "ミドルネーム",
        ),
    ),
    "last": (
        *("last name", "family name", "surname", "lastname", "familyname", "last"),
        *("نام خانوادگی", "فامیلی", "فامیل", "شهرت", "nachname", "familienname", "nom de famille"),
        *("姓", "苗字", "名字"),
    ),
    "prefix": (
        *("name prefix", "prefix", "salutation", "honorific", "anrede", "پیشوند", "عنوان نام"),
        *("civilité", "پیشوند نام"),
    ),
    "suffix": ("suffix", "name suffix", "suffixe", "پسوند", "پسوند نام"),
    "nick": ("nickname", "nick name", "spitzname", "surnom", "لقب", "نام مستعار"),
    "company": (
        *("company", "company name", "organization", "organisation", "account", "account name", "employer"),
        *("organization name", "organisation name", "business", "business name", "company / account", "firm"),
        *("primary company", "associated company", "work company", "organizations", "organisations"),
        *("شرکت", "سازمان", "نام شرکت", "نام سازمان", "موسسه", "محل کار", "firma", "firmenname"),
        "unternehmen",
        *("organisation", "société", "entreprise", "الشركة"),
        *("会社", "会社名", "勤務先", "勤務先名", "組織", "組織名", "法人名", "企業名", "社名", "取引先名"),
    ),
    "tag": (
        *("tag", "tags", "label", "labels", "category", "categories", "group", "groups", "group membership"),
        *("برچسب", "برچسب ها", "گروه", "گروه ها", "دسته", "دسته بندی", "kategorien", "kategorie", "gruppen"),
        *("gruppe", "catégories", "catégorie", "groupes", "groupe", "étiquettes"),
        *("分類項目", "分類", "グループ", "タグ", "ラベル", "カテゴリ", "カテゴリー"),
    ),
    "note": (
        *("note", "notes", "comment", "comments", "remark", "remarks", "description", "یادداشت"),
        "یادداشت ها",
        *("توضیحات", "توضیح", "ملاحظات", "notizen", "notiz", "bemerkung", "bemerkungen", "remarques"),
        *("commentaire", "commentaires", "ملاحظات"),
        *("備考", "メモ", "ノート", "コメント", "摘要"),
    ),
    "owner": (
        *("owner", "contact owner", "lead owner", "account owner", "record owner", "company owner"),
        *("assigned to", "owner name", "مسئول", "کارشناس", "کارشناس فروش", "کارشناس مسئول", "مالک"),
    ),
    "do_not_call": (
        *("do not call", "donotcall", "do not phone", "dnc", "no calls", "phone opt out", "call opt out"),
        *("تماس نگیرید", "تماس گرفته نشود", "nicht anrufen", "ne pas appeler"),
    ),
    "cadence": (
        *("cadence", "cadence days", "keep in touch", "keep in touch every", "in touch every"),
        *("دوره تماس", "فاصله تماس", "هر چند روز تماس"),
    ),
    "deleted": ("isdeleted", "is deleted"),
    "status": ("status",),
    "code": ("phone code",),
    "skip": (
        # passwords have no place here; Outlook says how an address is sent, and repeats it
        *("password", "e mail type", "e mail display name", "email type", "email display name"),
        *("e-mail-typ", "e-mail: angezeigter name", "type de messagerie", "e mail typ"),
        *("nom complet de l'adresse de messagerie", "電子メールの種類", "電子メール表示名", "パスワード"),
    ),
}
"""What a column holds -> its headings. ``deleted``, ``status`` and ``code`` are looked at row by row."""

PHONES: Final[Mapping[str, tuple[str, ...]]] = {
    "": (
        *("phone", "phones", "telephone", "tel", "phone number", "telephone number", "number", "phone value"),
        *("contact number", "tel no", "phone no", "telephone no", "callback", "primary phone", "tel number"),
        *("تلفن", "شماره", "شماره تلفن", "شماره تماس", "تلفن تماس", "telefon", "telefonnummer", "rufnummer"),
        *("téléphone", "numéro de téléphone", "الهاتف", "telefono", "teléfono"),
        *("電話番号", "電話", "連絡先電話番号", "お電話番号"),
    ),
    "mobile": (
        *("mobile", "cell", "mobile number", "mobile phone", "cell phone", "cellphone", "mobilephone"),
        *("mobile phone number", "mobile no", "cell number", "home mobile", "cellular", "gsm", "handy"),
        *("موبایل", "تلفن همراه", "همراه", "شماره موبایل", "شماره همراه", "mobiltelefon", "mobil"),
        *("mobilnummer", "handynummer", "mobil tel nr", "tél mobile", "portable", "téléphone mobile"),
        *("téléphone portable", "الجوال"),
        *("携帯電話", "携帯", "携帯番号", "携帯電話番号", "モバイル"),
    ),
    "work": (
        *("work phone", "office phone", "business phone", "work mobile", "office", "office number"),
        "office tel",
        *("company phone", "تلفن محل کار", "تلفن دفتر", "تلفن شرکت", "telefon geschäftlich"),
        "tel dienstlich",
        *("telefon dienstlich", "téléphone bureau", "téléphone (bureau)", "tél professionnel"),
        *("téléphone professionnel", "phone work"),
        *("会社電話", "会社電話番号", "会社の電話", "勤務先電話", "勤務先電話番号", "勤務先の電話"),
    ),
    "home": (
        *("home phone", "home number", "homephone", "residential phone", "تلفن منزل", "تلفن خانه"),
        "phone home",
        *("telefon privat", "tel privat", "téléphone (domicile)", "téléphone domicile", "tél personnel"),
        *("自宅電話", "自宅電話番号", "自宅の電話"),
    ),
    "landline": ("landline", "تلفن ثابت", "ثابت", "festnetz", "téléphone fixe"),
    "main": (
        *("main phone", "company main phone", "switchboard", "haupttelefon", "téléphone principal"),
        "phone main",
        *("代表電話", "代表電話番号", "会社代表電話"),
    ),
    "other": (
        *("other phone", "otherphone", "alt phone", "alternate phone", "alternative phone"),
        "secondary phone",
        *("weiteres telefon", "téléphone (autre)", "تلفن دیگر", "سایر تلفن ها"),
        *("その他の電話", "その他電話"),
    ),
    "assistant": (
        *("assistant's phone", "assistant phone", "assistantphone", "asst. phone", "asst phone"),
        *("telefon assistent", "téléphone de l'assistant(e)"),
        *("秘書の電話", "アシスタントの電話"),
    ),
    "car": ("car phone", "autotelefon", "téléphone (voiture)", "自動車電話"),
    "pager": ("pager", "pager number", "pager nummer", "récepteur de radiomessagerie", "ポケットベル"),
    "fax": (
        "fax",
        "fax number",
        "fax phone",
        "fax nummer",
        "télécopie",
        "فکس",
        "نمابر",
        "دورنگار",
        "phone fax",
        *("ファックス", "ファクス", "fax番号", "fax 番号", "ファックス番号"),
    ),
    "work fax": (
        "work fax",
        "business fax",
        "fax geschäftlich",
        "fax dienstlich",
        "télécopie (bureau)",
        "会社 fax",
        "会社fax",
    ),
    "home fax": ("home fax", "fax privat", "télécopie (domicile)", "自宅 fax", "自宅fax"),
    "other fax": ("other fax", "weiteres fax", "télécopie (autre)", "その他の fax"),
    "whatsapp": ("whatsapp", "whatsapp number", "whatsapp phone number", "واتساپ", "واتس اپ"),
    "radio": ("radio phone",),
    "isdn": ("isdn",),
    "tty": ("tty tdd phone",),
}
"""Label of a number -> the headings that say so."""

EMAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "": (
        *("email", "emails", "e mail", "mail", "email address", "e mail address", "primary email"),
        "email value",
        *("secondary email", "e mail value", "additional email addresses", "other emails"),
        "additional emails",
        *("email addresses", "alternate email", "second email", "ایمیل", "رایانامه", "پست الکترونیک"),
        *("پست الکترونیکی", "آدرس ایمیل", "e mail adresse", "primäre e mail adresse", "mailadresse"),
        *("sekundäre e mail adresse", "adresse de messagerie", "adresse électronique principale", "courriel"),
        *("adresse électronique secondaire", "adresse e mail", "mél", "البريد الإلكتروني"),
        *(
            "メール",
            "メールアドレス",
            "メール アドレス",
            "電子メール",
            "電子メール アドレス",
            "電子メールアドレス",
        ),
        *("eメール", "eメールアドレス", "e メール"),
        *("e mail adresse", "e-mail: adresse"),
    ),
    "work": ("work email", "business email", "office email", "email work", "ایمیل کاری", "ایمیل شرکت"),
    "home": ("home email", "personal email", "private email", "email home", "ایمیل شخصی", "e mail privat"),
    "other": ("other email",),
}
"""Label of an address -> the headings that say so."""

LABELS: Final[Mapping[str, str]] = {
    **{"mobile": "mobile", "cell": "mobile", "mobil": "mobile", "handy": "mobile", "portable": "mobile"},
    **{"موبایل": "mobile", "همراه": "mobile", "home": "home", "privat": "home", "domicile": "home"},
    **{
        "منزل": "home",
        "خانه": "home",
        "work": "work",
        "business": "work",
        "office": "work",
        "bureau": "work",
    },
    **{"geschäftlich": "work", "dienstlich": "work", "کار": "work", "دفتر": "work", "شرکت": "work"},
    **{
        "main": "main",
        "other": "other",
        "fax": "fax",
        "فکس": "fax",
        "pager": "pager",
        "whatsapp": "whatsapp",
    },
    **{"direct": "direct", "assistant": "assistant", "landline": "landline", "ثابت": "landline"},
    **{"iphone": "mobile", "home fax": "home fax", "work fax": "work fax", "other fax": "other fax"},
    **{"mobile phone": "mobile", "arbeit": "work", "travail": "work", "محل کار": "work"},
}
"""Words of a heading, or what a program writes beside a number, as the labels of our own."""

PHONE_WORDS: Final = frozenset(
    (
        *("phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax", "whatsapp", "telefon", "handy"),
        *("mobil", "mobiltelefon", "téléphone", "tél", "portable", "télécopie", "تلفن", "موبایل", "همراه"),
        *("شماره تماس", "فکس"),
    )
)
EMAIL_WORDS: Final = frozenset(("email", "emails", "e mail", "ایمیل", "courriel", "messagerie"))
NOT_REACHED_BY: Final = frozenset(
    (
        *("type", "label", "code", "country", "verified", "valid", "status", "date", "time", "opt", "count"),
        *("provider", "carrier", "source", "id", "display", "format", "out", "in", "domain", "bounce"),
        "owner",
        *("bounced", "last", "first", "sent", "subject", "subscribed", "unsubscribed", "consent"),
        "marketing",
        *("preferred", "manager", "user", "by", "created", "modified", "opened", "clicked", "name", "reason"),
        *("password", "typ", "model", "brand", "html", "quarantined", "delivered", "campaign", "message"),
        *("eligible", "confirmation", "replied", "calls", "called", "attempts", "since", "reset", "agent"),
    )
)
"""Words of a heading that speaks of numbers or addresses and holds none."""

EXTENSION_WORDS: Final = frozenset(("ext", "extn", "extension", "durchwahl", "داخلی"))

PREFIX_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("suffix", "middle name", "middle initial"),
    "titel": ("suffix", "weitere vornamen"),
    "titre": ("suffixe", "deuxième prénom"),
}
"""Headings that are the form of address in a list with one of the others, else a post in a company."""

WHO_OR_HOW: Final = frozenset(("contact", "contacts", "مخاطب", "kontakt"))
"""Headings, folded, of the name of somebody or of a number or address: that shows in what stands there."""

LAST_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "nom": ("prénom",),
    "name": ("vorname", "prénom"),
}
"""Headings that are the family name in a list with one of the others."""
FIRST_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "نام": ("نام خانوادگی", "فامیلی", "فامیل", "شهرت"),
    "اسم": ("نام خانوادگی", "فامیلی", "فامیل", "شهرت"),
    "名前": ("姓", "苗字", "名字"),
}
"""Headings that are the given name in a list with one of the others."""

NOTHING: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("gender", "geschlecht"), frozenset(("unspecified", "u", "keine angabe"))),
    "sexe": frozenset(("non spécifié",)),
    **dict.fromkeys(("priority", "sensitivity", "priorität", "vertraulichkeit"), frozenset(("normal",))),
    **dict.fromkeys(("priorité", "sensibilité", "critère de diffusion"), frozenset(("normale", "normal"))),
    **dict.fromkeys(("private", "privat"), frozenset(("false", "falsch", "aus"))),
    **dict.fromkeys(
        ("birthday", "anniversary", "geburtstag", "jahrestag", "anniversaire", "date of birth"),
        frozenset(("0/0/00", "0.0.00", "00/00/00", "0000-00-00", "00/00/0000")),
    ),
    "anniversaire de mariage ou fête": frozenset(("00/00/00", "0/0/00")),
}
"""What a program writes into a column that nobody has filled in."""

NAMED_BY_LABEL: Final = frozenset(("custom field", "event", "relation"))
"""Google's columns whose own label says what they are."""
EVERYBODY: Final = frozenset(("mycontacts", "my contacts"))
"""Google's group that everybody is in."""

COMPANY_WORDS: Final = frozenset(
    (
        *("ltd", "llc", "inc", "gmbh", "ag", "kg", "co", "corp", "company", "group", "sarl", "sa", "plc"),
        "bv",
        *("شرکت", "گروه", "صنایع", "بازرگانی", "موسسه", "سازمان", "فروشگاه", "کارخانه", "بانک", "شركة"),
        "株式会社",
    )
)
"""Words by which the name of a company is known."""
