import json
from dataclasses import replace
from pathlib import Path

from viewer.cohort.account import (
    Account,
    Fate,
    Used,
    began,
    once_declined,
    refused,
    relative,
)
from viewer.core.study import Instance, Notice, Patient, Refusal, Series, SeriesKind, Study

IMAGE = Path("/home/reader/case/a/1.dcm")
SERIES = Series(
    "key",
    "1.2.3",
    "1.2",
    "CT",
    SeriesKind.VOLUME,
    (Instance(IMAGE, "1", "2", "3", 1), Instance(IMAGE, "1", "2", "3", 1, frame=1)),
    notices=(Notice("lossy", "The pictures were compressed with loss."),),
)
GIVEN = [Path("/home/reader/case")]


def test_paths_are_told_relative_to_what_was_given():
    assert relative(IMAGE, GIVEN) == "a/1.dcm"
    assert relative(IMAGE, [IMAGE]) == "1.dcm"
    assert relative(IMAGE, [Path("/elsewhere")]) == "1.dcm"


def test_a_file_with_many_frames_is_named_once():
    assert began(Study("1.2", Patient(), (SERIES,)), SERIES, GIVEN).inputs == ("a/1.dcm",)


def test_the_account_is_json_that_names_inputs_models_and_what_was_refused():
    told = began(Study("1.2", Patient(), (SERIES,)), SERIES, GIVEN)
    model = Used("m", "2", "Model", "Apache-2.0", "ab" * 32, 0.5, {"floor": "0.05"})
    told = replace(told, fate=Fate.DECLINED, models=(model,))
    account = Account(
        inputs=("case",),
        series=(told,),
        refused=(refused(Refusal(IMAGE, "truncated", "1.dcm ends too early."), GIVEN),),
        seconds=1.5,
    )
    found = json.loads(account.as_json())
    assert found["series"][0]["series_uid"] == "1.2.3"
    assert found["series"][0]["fate"] == "declined"
    assert found["series"][0]["warnings"][0]["code"] == "lossy"
    assert found["refused"] == [
        {"path": "a/1.dcm", "code": "truncated", "sentence": "1.dcm ends too early."}
    ]
    assert found["libraries"]["numpy"]
    assert found["series"][0]["models"][0]["weights_sha256"] == "ab" * 32


def test_no_account_holds_a_path_of_this_computer():
    told = began(Study("1.2", Patient(), (SERIES,)), SERIES, GIVEN)
    assert "/home" not in Account(("case",), (told,), (), 0.0).as_json()


def test_models_that_nobody_named_decline_together_or_not_at_all():
    told = began(Study("1.2", Patient(), (SERIES,)), SERIES, GIVEN)
    read = replace(told, fate=Fate.READ)
    first = replace(told, fate=Fate.DECLINED, code="no_lungs", sentence="No lungs.")
    second = replace(told, fate=Fate.DECLINED, code="no_head", sentence="No head.")
    failed = replace(told, fate=Fate.FAILED, sentence="It broke.")
    other = replace(first, key="other")
    assert once_declined([first, read, other, failed]) == (read, other, failed)
    (joined,) = once_declined([first, second, second])
    assert (joined.code, joined.sentence) == ("no_lungs", "No lungs. No head.")
