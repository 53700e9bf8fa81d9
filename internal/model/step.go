package model

import (
	"encoding/json"
	"strconv"
	"strings"
)

// A Step is one call on one tab and all that must come of it.
type Step struct {
	Now  int64  `json:"now"` // the clock, milliseconds since 1970
	Tab  int    `json:"tab"`
	Call string `json:"call"` // a function, CallDone or CallReload
	Args []any  `json:"args,omitempty"`
	Ret  int    `json:"ret"`

	Posts  []Post `json:"posts,omitempty"`  // what the tab is called back
	Others []Post `json:"others,omitempty"` // and every other tab
	Subset bool   `json:"subset,omitempty"` // of the JSON of the posts only the members given are compared

	// Alone says that what is posted need not come in the order of the calls.
	Alone bool `json:"alone,omitempty"`
}

// Calls that are no function of TIM.
const (
	// CallDone is the transport's word on a message: which of those handed to
	// this tab since it was opened, then the arguments of done.
	CallDone = "done"
	// CallReload is the end of a tab, unannounced, and a new one in its place.
	CallReload = "reload"
)

// A Post is one run of a callback: its name and arguments, texts and ints. The
// text Any stands for any text.
type Post []any

// Any is a text that is not compared.
const Any = "*"

// A Callback among the arguments of a call is a function that is told by that
// name in posts.
type Callback string

// MarshalJSON writes what the browser's side takes for a callback.
func (c Callback) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"callback": string(c)})
}

// String is a post as one line.
func (p Post) String() string {
	parts := make([]string, len(p))
	for i, arg := range p {
		switch arg := arg.(type) {
		case string:
			parts[i] = arg
		case int:
			parts[i] = strconv.Itoa(arg)
		}
	}
	return strings.Join(parts, " ")
}

// registered are the calls that a tab begins with.
var registered = []struct{ call, name string }{
	{"TIMSetConvEventCallback", "event"},
	{"TIMSetConvTotalUnreadMessageCountChangedCallback", "total"},
	{"TIMSetConvUnreadMessageCountChangedByFilterCallback", "filter"},
	{"TIMSetConvConversationGroupCreatedCallback", "created"},
	{"TIMSetConvConversationGroupDeletedCallback", "deleted"},
	{"TIMSetConvConversationGroupNameChangedCallback", "renamed"},
	{"TIMSetConvConversationsAddedToGroupCallback", "joined"},
	{"TIMSetConvConversationsDeletedFromGroupCallback", "left"},
	{"TIMSetMsgReadedReceiptCallback", "receipt"},
	{"TIMSetMsgRevokeCallback", "revoked"},
	{"TIMSetMsgUpdateCallback", "updated"},
	{"TIMSetMsgAllMessageReceiveOptionCallback", "muted"},
	{"TIMAddRecvNewMsgCallback", "new"},
	{"TIMSetMsgSendHandler", "send"},
}

// Opening is the calls with which every tab begins, reloaded ones too. What
// they post is not compared.
func Opening() []*Step {
	var steps []*Step
	for _, r := range registered {
		steps = append(steps, &Step{Call: r.call, Args: []any{Callback(r.name), nil}})
	}
	steps = append(steps, &Step{Call: "TIMLogin", Args: []any{Self, "", Callback("cb"), nil}})
	for _, f := range filters {
		steps = append(steps, &Step{Call: "TIMConvSubscribeUnreadMessageCountByFilter", Args: []any{f.text}})
	}
	return append(steps, &Step{Call: "TIMConvGetTotalUnreadMessageCount", Args: []any{Callback("cb"), nil}})
}
