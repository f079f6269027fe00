"""CSV as each program writes it: made-up people under its headings."""

from __future__ import annotations

import pytest

from tests.exchange.sheets import emails, people, person, phones, rows, table

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
    assert (bob.name, bob.company) == ("Mr. Bob J. Webb Jr.", "Webb Ltd")
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
        "E-mail 2 Address": "/o=Org/cn=bob",
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
    assert (found.name, found.company, found.tags) == ("Herr Jürgen Größl", "Weiß GmbH", ("Kunde",))
    assert phones(found) == [("030 123456", "work"), ("0171 1234567", "mobile")]
    assert emails(found) == [("j@example.de", ""), ("k@example.de", "")]
    assert found.fields == {"Position": "Meister"}


def test_outlook_in_french() -> None:
    text = "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Téléphone (bureau),Tél. mobile,"
    text += "Adresse de messagerie,Catégories\n"
    text += "Mme,Hélène,,Lefèvre,,Crêperie,01 99 00 00 01,06 39 98 00 01,h@example.fr,Amis\n"
    found = person(text)
    assert (found.name, found.company, found.tags) == ("Mme Hélène Lefèvre", "Crêperie", ("Amis",))
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


def test_hubspot() -> None:
    (row,) = rows(
        table(
            {
                **{
                    "Record ID": "51",
                    "First Name": "Kate",
                    "Last Name": "Allen",
                    "Email": "kate@example.com",
                },
                **{
                    "Additional email addresses": "a@example.com;b@example.com",
                    "Phone Number": "+44 7700 900001",
                },
                **{
                    "Mobile Phone Number": "07700 900002",
                    "Contact owner": "Sara Amiri",
                    "Lead Status": "New",
                },
                **{
                    "Marketing emails opened": "3",
                    "Last email sent date": "2024-01-02",
                    "Associated Company": "Acme",
                },
            }
        )
    )
    kate = row.contact
    assert kate is not None
    assert (kate.name, kate.company, row.owner) == ("Kate Allen", "Acme", "Sara Amiri")
    assert [address for address, _ in emails(kate)] == ["kate@example.com", "a@example.com", "b@example.com"]
    assert phones(kate) == [("+44 7700 900001", ""), ("07700 900002", "mobile")]
    assert kate.fields == {
        **{"Record ID": "51", "Lead Status": "New", "Marketing emails opened": "3"},
        "Last email sent date": "2024-01-02",
    }
    assert row.kept == tuple(kate.fields)


def test_salesforce_reports_and_data_exports() -> None:
    report = "Salutation,First Name,Last Name,Title,Account Name,Phone,Mobile,Asst. Phone,Email,"
    report += "Contact Owner,Do Not Call\n"
    (row,) = rows(
        report + "Ms.,Kate,Allen,Buyer,Acme,020 7946 0001,07700 900001,020 7946 0002,k@example.com,sara,1\n"
    )
    assert row.contact is not None
    assert (row.contact.name, row.contact.company) == ("Ms. Kate Allen", "Acme")
    assert phones(row.contact) == [
        ("020 7946 0001", ""),
        ("07700 900001", "mobile"),
        ("020 7946 0002", "assistant"),
    ]
    assert (row.owner, row.do_not_call, row.contact.fields) == ("sara", True, {"Title": "Buyer"})
    export = table(
        {
            **{
                "ID": "003A",
                "ISDELETED": "false",
                "LASTNAME": "Allen",
                "FIRSTNAME": "Kate",
                "SALUTATION": "Ms.",
            },
            **{
                "PHONE": "020 7946 0001",
                "MOBILEPHONE": "07700 900001",
                "HOMEPHONE": "020 7946 0003",
                "EMAIL": "k@example.com",
            },
            **{"OWNERID": "005A", "DONOTCALL": "false", "DESCRIPTION": "a note"},
        },
        {"ID": "003B", "ISDELETED": "true", "LASTNAME": "Gone"},
    )
    kate, gone = rows(export)
    assert kate.contact is not None
    assert (kate.contact.name, kate.contact.note, kate.do_not_call) == ("Ms. Kate Allen", "a note", False)
    assert [label for _, label in phones(kate.contact)] == ["", "mobile", "home"]
    assert kate.contact.fields == {"ID": "003A", "OWNERID": "005A"}
    assert (gone.contact, gone.code, gone.refused, gone.line) == (None, "import_deleted", False, 3)


def test_a_list_of_companies_gives_contacts_named_like_them() -> None:
    accounts = people(
        '"ID","NAME","BILLINGCITY","PHONE"\n"1","Acme","York","020 7946 0001"\n"2","Pars","",""\n'
    )
    assert [contact.name for contact in accounts] == ["Acme", "Pars"]
    (zoho,) = people("Account Name,Website,Account Owner\nAcme,http://acme.example,sara\n")
    assert (zoho.name, zoho.company) == ("Acme", "Acme")


def test_zoho() -> None:
    (row,) = rows(
        table(
            {
                **{
                    "Record Id": "zcrm_1",
                    "Contact Owner.id": "zcrm_9",
                    "Contact Owner": "sara",
                    "First Name": "Kate",
                },
                **{
                    "Last Name": "Allen",
                    "Account Name.id": "zcrm_5",
                    "Account Name": "Acme",
                    "Email": "k@example.com",
                },
                **{
                    "Title": "Buyer",
                    "Phone": "020 7946 0001",
                    "Home Phone": "020 7946 0002",
                    "Mobile": "07700 900001",
                },
                **{
                    "Email Opt Out": "false",
                    "Secondary Email": "a@example.com",
                    "Tag": "vip,eu",
                    "Description": "note",
                },
                **{"Created By": "x@example.com"},
            }
        )
    )
    assert row.contact is not None
    assert (row.contact.name, row.contact.company, row.owner) == ("Kate Allen", "Acme", "sara")
    assert [address for address, _ in emails(row.contact)] == ["k@example.com", "a@example.com"]
    assert (row.contact.tags, row.contact.note) == (("vip", "eu"), "note")
    assert row.contact.fields["Email Opt Out"] == "false"
    assert row.contact.fields["Created By"] == "x@example.com"


def test_freshdesk() -> None:
    kate = person(
        table(
            {
                **{"Name": "Kate Allen", "Title": "Buyer", "Company": "Acme", "Email": "k@example.com"},
                **{"Other emails": "a@example.com, b@example.com", "Work phone": "020 7946 0001"},
                **{
                    "Mobile phone": "07700 900001",
                    "Tags": "vip,eu",
                    "Time zone": "London",
                    "Unique external ID": "7",
                },
            }
        )
    )
    assert phones(kate) == [("020 7946 0001", "work"), ("07700 900001", "mobile")]
    assert [address for address, _ in emails(kate)] == ["k@example.com", "a@example.com", "b@example.com"]
    assert kate.tags == ("vip", "eu")
    assert kate.fields == {"Title": "Buyer", "Time zone": "London", "Unique external ID": "7"}


def test_zammad_without_its_passwords() -> None:
    kate = person(
        "id,login,firstname,lastname,email,web,phone,fax,mobile,organization,note,password\n"
        "3,kate@example.com,Kate,Allen,kate@example.com,,020 7946 0001,020 7946 0002,07700 900001,Acme,hi,{sha2}x\n"
    )
    assert (kate.name, kate.company, kate.note) == ("Kate Allen", "Acme", "hi")
    assert phones(kate) == [("020 7946 0001", ""), ("020 7946 0002", "fax"), ("07700 900001", "mobile")]
    assert kate.fields == {"id": "3", "login": "kate@example.com"}


def test_mautic() -> None:
    (row,) = rows(
        "id,title,firstname,lastname,company,position,email,phone,mobile,address1,city,zipcode,points,owner,tags\n"
        '4,Mr,Bob,Webb,Acme,Boss,bob@example.com,020 7946 0001,07700 900001,"1 High St",York,YO1,5,sara,"a,b"\n'
    )
    assert row.contact is not None
    assert (row.contact.name, row.contact.company, row.owner) == ("Bob Webb", "Acme", "sara")
    assert row.contact.fields == {
        **{"id": "4", "title": "Mr", "position": "Boss", "address1": "1 High St", "city": "York"},
        **{"zipcode": "YO1", "points": "5"},
    }
    assert row.contact.tags == ("a", "b")


@pytest.mark.parametrize(
    "preamble",
    [
        "Notes:\nThis is made up.\nSo is this.\n\n",
        'Notes:\n"When exporting, you may notice that some, or all, addresses are missing."\n\n',
        "\n\n",
    ],
)
def test_linkedin_with_its_preamble(preamble: str) -> None:
    text = f"{preamble}First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    text += "Kate,Allen,https://example.com/in/kate,,Acme,Buyer,15 Jan 2023\n"
    text += "Bob,Webb,https://example.com/in/bob,bob@example.com,,,16 Jan 2023\n"
    kate, bob = rows(text)
    assert kate.contact is not None
    assert (kate.line, bob.line) == (preamble.count("\n") + 2, preamble.count("\n") + 3)
    assert (kate.contact.name, kate.contact.company) == ("Kate Allen", "Acme")
    assert kate.contact.fields == {
        **{"URL": "https://example.com/in/kate", "Position": "Buyer", "Connected On": "15 Jan 2023"}
    }


def test_thunderbird_with_line_breaks_of_all_kinds_in_cells() -> None:
    text = "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Home Phone,Fax Number,"
    text += "Pager Number,Mobile Number,Job Title,Custom 1,Custom 2,Custom 3,Organization,Notes\r\n"
    text += 'Kate,Allen,The Buyer,Kit,k@example.com,a@example.com,020 7946 0001,,,,07700 900001,"""boss""",'
    text += '"a, b","one\rtwo","one\ntwo",Acme,fine…\r\n,,,,only@example.com,,,,,,,,,,,,\r\n'
    kate, only = rows(text)
    assert kate.contact is not None
    assert only.contact is not None
    assert (kate.contact.name, kate.contact.company, kate.contact.note) == ("The Buyer", "Acme", "fine…")
    assert kate.contact.fields == {
        **{"First Name": "Kate", "Last Name": "Allen", "Nickname": "Kit", "Job Title": '"boss"'},
        **{"Custom 1": "a, b", "Custom 2": "one\rtwo", "Custom 3": "one\ntwo"},
    }
    assert phones(kate.contact) == [("020 7946 0001", "work"), ("07700 900001", "mobile")]
    assert (only.contact.name, only.line) == ("only@example.com", 5)


def test_roundcube_in_the_language_of_its_user() -> None:
    text = "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Tel. dienstlich,"
    text += "Mobil-Tel.-Nr.,Fax-Nummer,Organisation,Abteilung\n"
    text += "Käthe,Schröder,Käthe Schröder,,k@example.de,p@example.de,030 123456,0171 1234567,"
    text += "030 123457,Bäckerei,Einkauf\n"
    found = person(text)
    assert (found.name, found.company) == ("Käthe Schröder", "Bäckerei")
    assert phones(found) == [("030 123456", "work"), ("0171 1234567", "mobile"), ("030 123457", "fax")]
    assert len(found.emails) == 2
    assert found.fields == {"Abteilung": "Einkauf"}


def test_vicidial_leads_with_tabs_country_codes_and_those_not_to_be_called() -> None:
    text = "lead_id\tstatus\tuser\tphone_code\tphone_number\ttitle\tfirst_name\tmiddle_initial\tlast_name\taddress1\t"
    text += "gender\talt_phone\temail\tcomments\tcalled_count\towner\n"
    text += "1\tNEW\tvdad\t1\t3125550123\t\tKate\tM\tAllen\t1 High St\tU\t3125550124\t\tfine\t0\tsara\n"
    text += "2\tDNC\tvdad\t44\t02079460001\t\tBob\t\tWebb\t\tM\t\t\t\t3\t\n"
    kate, bob = rows(text)
    assert kate.contact is not None
    assert bob.contact is not None
    assert (kate.contact.name, kate.contact.note, kate.owner) == ("Kate M Allen", "fine", "sara")
    assert phones(kate.contact) == [("+1 3125550123", ""), ("+1 3125550124", "other")]
    assert "gender" not in kate.contact.fields
    assert (kate.do_not_call, bob.do_not_call) == (None, True)
    assert phones(bob.contact) == [("02079460001", "")]
    assert bob.contact.fields["status"] == "DNC"
