"""CSV as each program writes it: made-up people under its headings."""

from __future__ import annotations

import pytest

from tests.exchange.sheets import emails, people, person, phones, rows, table


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
    assert (row.contact.name, row.contact.company) == ("Kate Allen", "Acme")
    assert phones(row.contact) == [
        ("020 7946 0001", ""),
        ("07700 900001", "mobile"),
        ("020 7946 0002", "assistant"),
    ]
    assert (row.owner, row.do_not_call) == ("sara", True)
    assert row.contact.fields == {"Salutation": "Ms.", "Title": "Buyer"}
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
    assert (kate.contact.name, kate.contact.note, kate.do_not_call) == ("Kate Allen", "a note", False)
    assert [label for _, label in phones(kate.contact)] == ["", "mobile", "home"]
    assert kate.contact.fields == {"ID": "003A", "OWNERID": "005A", "SALUTATION": "Ms."}
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
