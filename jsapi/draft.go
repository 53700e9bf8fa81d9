package jsapi

import "strconv"

// decodeDraft reads a Draft object and returns it as it is kept: its own three
// members in alphabetical order. A draft that says nothing is nil: it clears.
// A missing edit time is now (milliseconds), a fraction is cut off.
func decodeDraft(text string, now int64) (draft []byte, ok bool) {
	v, ok := parseJSON(text)
	if !ok || !v.isObject() {
		return nil, false
	}
	edited := strconv.FormatInt(now/1000, 10)
	var time, msg, define value
	v.each(func(key string, v value) {
		switch key {
		case "draft_edit_time":
			time = v
		case "draft_msg":
			msg = v
		case "draft_user_define":
			define = v
		}
	})
	n, ok := time.uint()
	if n > 0 {
		edited = strconv.FormatUint(n, 10)
	}
	if !ok && !time.absent() || !draftMessage(msg) || !define.absent() && !define.isString() {
		return nil, false
	}
	if emptyMessage(msg) && (define.absent() || define == `""`) {
		return nil, true
	}
	draft = append(draft, `{"draft_edit_time":`...)
	draft = append(draft, edited...)
	if !msg.absent() {
		draft = append(append(draft, `,"draft_msg":`...), msg...)
	}
	if !define.absent() {
		draft = append(append(draft, `,"draft_user_define":`...), define...)
	}
	return append(draft, '}'), true
}

// draftMessage reports whether v may stand as draft_msg: a Message, or the
// plain text that old clients send.
func draftMessage(v value) bool { return v.absent() || v.isObject() || v.isString() }

// emptyMessage reports whether a draft's message has nothing a user typed:
// no element, or none but empty texts.
func emptyMessage(v value) bool {
	if v.absent() || v == `""` {
		return true
	}
	if !v.isObject() {
		return false
	}
	empty := true
	v.each(func(key string, v value) {
		if key == "message_elem_array" {
			empty = emptyElements(v)
		} else if key != "message_conv_id" && key != "message_conv_type" {
			empty = false
		}
	})
	return empty
}

func emptyElements(v value) bool {
	if !v.isArray() {
		return v.absent()
	}
	for _, element := range v.elements() {
		var kind, text value
		element.each(func(key string, v value) {
			switch key {
			case "elem_type":
				kind = v
			case "text_elem_content":
				text = v
			}
		})
		if kind != "0" || !text.absent() && text != `""` {
			return false
		}
	}
	return true
}
