"""What was decided on a result, and what is done about it, as reports carry it."""

from typing import Literal

from assessments.documents.values import DocumentPart


class ActionPart(DocumentPart):
    """One action. Days are ISO days, or ""; `item` is the code of the item whose step it takes, or "".

    `known_by` says how one will know that it is done, `happened` what was done, `reason` why it was dropped. `carried`:
    it was carried over from an earlier round; `carried_on`: into a later one. In documents made before there were
    states all are open.
    """

    code: str = ""
    item: str
    text: str
    owner: str
    due: str
    known_by: str = ""
    state: Literal["open", "done", "dropped"] = "open"
    happened: str = ""
    closed_on: str = ""
    reason: str = ""
    is_public: bool = True
    carried: bool = False
    carried_on: bool = False


class DecisionPart(DocumentPart):
    """What a board or steering group decided on a result. `decided_on` is an ISO day."""

    body: str
    decided_on: str
    decision: str
    comment: str
