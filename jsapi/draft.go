package jsapi

import (
	"strconv"

	"github.com/tidwall/gjson"
)

// decodeDraft reads a Draft object and returns it as it is kept: its own three
// members in alphabetical order. A draft that says nothing is nil: it clears.
// A missing edit time is now (milliseconds), a fraction is cut off.
func decodeDraft(text string, now int64) (draft []byte, ok bool) {
	v, ok := parseJSON(text)
	if !ok || !v.IsObject() {
		return nil, false
	}
	edited := strconv.FormatInt(now/1000, 10)
	var msg, define gjson.Result
	eachMember(v, func(key string, value gjson.Result) {
		switch key {
		case "draft_edit_time":
			switch n, good := uintOf(value); {
			case good && n > 0:
				edited = strconv.FormatUint(n, 10)
			case !good && value.Type != gjson.Null:
				ok = false
			}
		case "draft_msg":
			msg = value
		case "draft_user_define":
			define = value
		}
	})
	if !ok || !draftMessage(msg) || !absent(define) && define.Type != gjson.String {
		return nil, false
	}
	if emptyMessage(msg) && (absent(define) || define.Raw == `""`) {
		return nil, true
	}
	draft = append(draft, `{"draft_edit_time":`...)
	draft = append(draft, edited...)
	if !absent(msg) {
		draft = append(append(draft, `,"draft_msg":`...), msg.Raw...)
	}
	if !absent(define) {
		draft = append(append(draft, `,"draft_user_define":`...), define.Raw...)
	}
	return append(draft, '}'), true
}

// absent reports whether a member is missing or null.
func absent(v gjson.Result) bool { return v.Type == gjson.Null }

// draftMessage reports whether v may stand as draft_msg: a Message, or the
// plain text that old clients send.
func draftMessage(v gjson.Result) bool {
	return absent(v) || v.IsObject() || v.Type == gjson.String
}

// emptyMessage reports whether a draft's message has nothing a user typed:
// no element, or none but empty texts.
func emptyMessage(v gjson.Result) bool {
	if absent(v) || v.Raw == `""` {
		return true
	}
	if !v.IsObject() {
		return false
	}
	empty, members := true, 0
	eachMember(v, func(key string, value gjson.Result) {
		members++
		if key == "message_elem_array" {
			empty = emptyElements(value)
		} else if key != "message_conv_id" && key != "message_conv_type" {
			empty = false
		}
	})
	return empty
}

func emptyElements(v gjson.Result) bool {
	if !v.IsArray() {
		return absent(v)
	}
	for _, element := range elements(v) {
		text, isText := gjson.Result{}, false
		eachMember(element, func(key string, value gjson.Result) {
			switch key {
			case "elem_type":
				isText = value.Raw == "0"
			case "text_elem_content":
				text = value
			}
		})
		if !isText || !absent(text) && text.Raw != `""` {
			return false
		}
	}
	return true
}
