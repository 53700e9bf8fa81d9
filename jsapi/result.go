package jsapi

import "timconv/core"

// What a call returns at once. The callback runs only after succeeded.
const (
	succeeded  = 0
	errUninit  = -1
	errNoLogin = -2
	errJSON    = -3
	errParam   = -4
	errConv    = -5
)

// Codes of callbacks that no core.Code stands for.
const (
	codeNoSuccess         = 6003 // of a batch
	codeInvalidParameters = 6017
	codeInterrupted       = 7009
	codeLoginRunning      = 7501
	codeNotAllowed        = 7014
	codeNothingToCancel   = 8020
	codeCanceled          = 8021
	codeNoTransport       = 9508
	codeTooManyAtOnce     = 51006
	codeNameTooLong       = 51011
	codeInitialized       = 90101 // TIMInit returns it the second time
)

// okText is the description of success.
const okText = "OK"

// codeTable turns the core's codes into the API's, with a text for people. A
// text must give away nothing; the cause goes to the console.
var codeTable = map[core.Code]struct {
	code int
	text string
}{
	core.CodeInternal:       {7012, "internal error"},
	core.CodeParam:          {codeInvalidParameters, "invalid parameters"},
	core.CodeNoConversation: {6004, "the conversation does not exist"},
	core.CodePinLimit:       {7014, "too many conversations are pinned"},
	core.CodeTooMany:        {51008, "too many conversations are marked or have custom data"},
	core.CodeNoGroup:        {51009, "the group of conversations does not exist"},
	core.CodeGroupLimit:     {51010, "there are too many groups of conversations"},
	core.CodeGroupExists:    {codeInvalidParameters, "a group of conversations of that name exists"},
	core.CodeNoMessage:      {codeInvalidParameters, "the message is not known"},
	core.CodeNotAllowed:     {codeNotAllowed, "the message does not allow that"},
	core.CodeStorage:        {6019, "the database failed; nothing was changed"},
	core.CodeQuota:          {6022, "storage is full; nothing was changed"},
	core.CodeStorageClosed:  {7010, "the database is closed in this tab; a reload helps"},
	core.CodeInterrupted:    {codeInterrupted, "the account was closed before the call was done"},
}

// outcome is the code and the text that tell err.
func outcome(err error) (int, string) {
	if err == nil {
		return succeeded, okText
	}
	row := codeTable[core.CodeOf(err)]
	return row.code, row.text
}
