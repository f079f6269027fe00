"""CSV as Google Contacts and Outlook write it, and a Persian spreadsheet: made-up people under its headings."""

from __future__ import annotations

from tests.exchange.sheets import emails, people, person, phones, table

GOOGLE_OLD = {
    **{
        "Name": "Dr. Kate Mary Allen",
        "Given Name": "Kate",
        "Additional Name": "Mary",
        "Family Name": "Allen",
    },
    **{
        "Yomi Name": "",
        "Name Prefix": "Dr.",
        "Nickname": "Kit",
        "Birthday": "1980-03-22",
        "Notes": "met\nat fair",
    },
    **{"Group Membership": "* myContacts ::: Friends ::: * starred", "E-mail 1 - Type": "* Work"},
    **{"E-mail 1 - Value": "kate@example.com ::: k.allen@example.com", "Phone 1 - Type": "Mobile"},
    **{
        "Phone 1 - Value": "+44 7700 900001",
        "Phone 2 - Type": "Work Fax",
        "Phone 2 - Value": "020 7946 0002",
    },
    **{"Address 1 - Type": "Home", "Address 1 - Formatted": "1 High St\nYork", "Organization 1 - Type": ""},
    **{"Organization 1 - Name": "Acme", "Organization 1 - Title": "Buyer", "Website 1 - Type": "Blog"},
    **{"Website 1 - Value": "http://kate.example", "Custom Field 1 - Type": "Shoe size"},
    **{"Custom Field 1 - Value": "38", "Event 1 - Type": "Anniversary", "Event 1 - Value": "2001-05-06"},
}


def test_google_contacts_with_the_old_header() -> None:
    kate = person(table(GOOGLE_OLD))
    assert (kate.name, kate.company, kate.note) == ("Dr. Kate Mary Allen", "Acme", "met\nat fair")
    assert phones(kate) == [("+44 7700 900001", "mobile"), ("020 7946 0002", "work fax")]
    assert emails(kate) == [("kate@example.com", "work"), ("k.allen@example.com", "work")]
    assert kate.tags == ("Friends", "starred")
    assert kate.fields == {
        **{"Nickname": "Kit", "Birthday": "1980-03-22", "Address 1 - Type": "Home"},
        **{"Address 1 - Formatted": "1 High St\nYork", "Organization 1 - Title": "Buyer"},
        **{"Website (Blog)": "http://kate.example", "Shoe size": "38", "Anniversary": "2001-05-06"},
    }


def test_google_contacts_with_the_new_header() -> None:
    text = table(
        {
            **{
                "Name Prefix": "",
                "First Name": "لیلا",
                "Middle Name": "",
                "Last Name": "کریمی",
                "Name Suffix": "",
            },
            **{
                "Phonetic First Name": "",
                "Nickname": "",
                "File As": "",
                "E-mail 1 - Label": "* ",
                "E-mail 1 - Value": "",
            },
            **{"Phone 1 - Label": "Mobile", "Phone 1 - Value": "0912 000 0001 ::: 0912 000 0002"},
            **{
                "Phone 2 - Label": "the boat",
                "Phone 2 - Value": "021 8877 0003",
                "Organization Name": "پارس پمپ",
            },
            **{"Organization Title": "مدیر", "Notes": "", "Labels": "* myContacts ::: مشتری"},
        },
        {"Organization Name": "Only Ltd", "Labels": "* myContacts"},
        {"E-mail 1 - Value": "only@example.com"},
    )
    leila, only, address = people(text)
    assert (leila.name, leila.company, leila.tags) == ("لیلا کریمی", "پارس پمپ", ("مشتری",))
    assert phones(leila) == [
        *(("0912 000 0001", "mobile"), ("0912 000 0002", "mobile"), ("021 8877 0003", "the boat"))
    ]
    assert leila.fields == {"Organization Title": "مدیر"}
    assert (only.name, only.company, only.tags) == ("Only Ltd", "Only Ltd", ())
    assert (address.name, emails(address)) == ("only@example.com", [("only@example.com", "")])


def test_outlook_in_english() -> None:
    bob = person(
        table(
            {
                **{
                    "Title": "Mr.",
                    "First Name": "Bob",
                    "Middle Name": "J.",
                    "Last Name": "Webb",
                    "Suffix": "Jr.",
                },
                **{
                    "Company": "Webb Ltd",
                    "Job Title": "Owner",
                    "Business Street": "2 Low Rd",
                    "Home Fax": "01",
                },
                **{
                    "Business Phone": "020 7946 0010",
                    "Business Phone 2": "020 7946 0011",
                    "Mobile Phone": "07700 900010",
                },
                **{
                    "Home Phone": "020 7946 0012",
                    "Business Fax": "020 7946 0013",
                    "Company Main Phone": "020 7946 0014",
                },
                **{
                    "Assistant's Phone": "020 7946 0015",
                    "Account": "A-1",
                    "Anniversary": "0/0/00",
                    "Birthday": "0/0/00",
                },
                **{"Categories": "Red;VIP", "E-mail Address": "bob@example.com", "E-mail Type": "SMTP"},
                **{"E-mail Display Name": "Bob (bob@example.com)", "E-mail 2 Address": "/o=Org/cn=bob"},
                **{
                    "Gender": "Unspecified",
                    "Priority": "Normal",
                    "Private": "False",
                    "Sensitivity": "Normal",
                },
                **{"Notes": "line one\r\nline two", "User 1": "u"},
            }
        )
    )
    assert (bob.name, bob.company) == ("Bob J. Webb Jr.", "Webb Ltd")
    assert phones(bob) == [
        *(
            ("01", "home fax"),
            ("020 7946 0010", "work"),
            ("020 7946 0011", "work"),
            ("07700 900010", "mobile"),
        ),
        *(("020 7946 0012", "home"), ("020 7946 0013", "work fax"), ("020 7946 0014", "main")),
        ("020 7946 0015", "assistant"),
    ]
    assert (emails(bob), bob.tags) == ([("bob@example.com", "")], ("Red", "VIP"))
    assert bob.fields == {
        **{"Job Title": "Owner", "Business Street": "2 Low Rd", "Account": "A-1", "User 1": "u"},
        **{"E-mail 2 Address": "/o=Org/cn=bob", "Title": "Mr."},
    }
    assert bob.note == "line one\r\nline two"


def test_outlook_in_german_with_semicolons() -> None:
    text = (
        "Anrede;Vorname;Weitere Vornamen;Nachname;Suffix;Firma;Position;Telefon geschäftlich;Telefon privat;"
    )
    text += "Mobiltelefon;Fax geschäftlich;E-Mail-Adresse;E-Mail 2: Adresse;E-Mail-Typ;Kategorien;Notizen;Geschlecht\n"
    text += "Herr;Jürgen;;Größl;;Weiß GmbH;Meister;030 123456;;0171 1234567;;j@example.de;k@example.de;SMTP;Kunde;;"
    text += "Keine Angabe\n"
    found = person(text)
    assert (found.name, found.company, found.tags) == ("Jürgen Größl", "Weiß GmbH", ("Kunde",))
    assert phones(found) == [("030 123456", "work"), ("0171 1234567", "mobile")]
    assert emails(found) == [("j@example.de", ""), ("k@example.de", "")]
    assert found.fields == {"Anrede": "Herr", "Position": "Meister"}


def test_outlook_in_french() -> None:
    text = "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Téléphone (bureau),Tél. mobile,"
    text += "Adresse de messagerie,Catégories\n"
    text += "Mme,Hélène,,Lefèvre,,Crêperie,01 99 00 00 01,06 39 98 00 01,h@example.fr,Amis\n"
    found = person(text)
    assert (found.name, found.company, found.tags) == ("Hélène Lefèvre", "Crêperie", ("Amis",))
    assert phones(found) == [("01 99 00 00 01", "work"), ("06 39 98 00 01", "mobile")]
    assert emails(found) == [("h@example.fr", "")]


def test_persian_lists_have_first_and_last_names_too() -> None:
    reza = person(
        "نام,نام خانوادگی,نام شرکت,تلفن همراه,تلفن محل کار,داخلی,گروه,توضیحات,کارشناس\n"
        "رضا,احمدی,پارس,۰۹۱۲۰۰۰۰۰۰۱,۰۲۱۸۸۷۷۰۰۰۲,۱۲,ویژه,خوب,sara\n"
    )
    assert (reza.name, reza.company, reza.tags, reza.note) == ("رضا احمدی", "پارس", ("ویژه",), "خوب")
    assert phones(reza) == [("۰۹۱۲۰۰۰۰۰۰۱", "mobile"), ("۰۲۱۸۸۷۷۰۰۰۲", "work")]
    assert [phone.ext for phone in reza.phones] == ["", "12"]
    assert person("نام,تلفن\nرضا احمدی,0912\n").name == "رضا احمدی"
