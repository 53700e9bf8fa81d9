package jsapi

import "timconv/core"

// messageTarget reads which message a Message object or a locator names. An
// object that names none gives the zero Target.
func messageTarget(v value) (t core.Target, ok bool) {
	var client, server uint64
	err := readMembers(v, func(key string, v value) (ok bool) {
		switch key {
		case "message_msg_id":
			t.ID = v.text()
			return v.isString()
		case "message_conv_id", "message_locator_conv_id":
			t.Conv.ID = v.text()
			return v.isString()
		case "message_conv_type", "message_locator_conv_type":
			t.Conv.Type, ok = convType(v)
		case "message_client_time":
			client, ok = v.uint()
		case "message_server_time", "message_locator_time":
			server, ok = v.uint()
		case "message_seq", "message_locator_seq":
			t.Seq, ok = v.uint()
		case "message_rand", "message_locator_rand":
			t.Rand, ok = v.uint()
		default:
			return true
		}
		return ok
	})
	if server == 0 {
		server = client
	}
	if server < maxTime {
		t.Time = int64(server)
	}
	if t.Conv.ID == "" || t.Conv.Type == 0 {
		t.Conv = core.ConvKey{}
	}
	return t, err == nil && v.isObject()
}

// empty reports whether a target names no message.
func empty(t core.Target) bool { return t.ID == "" && t.Seq == 0 && t.Rand == 0 && t.Time == 0 }

// target reads a Message object that names a message of a conversation.
func (a *args) target(i int, key core.ConvKey) core.Target {
	t, ok := messageTarget(a.json(i, value.isObject))
	a.badJSON = a.badJSON || !ok && !a.badParam
	if key.ID != "" {
		t.Conv = key
	}
	return t
}

// targets reads an array of Message objects or locators.
func (a *args) targets(i int, key core.ConvKey) []core.Target {
	var all []core.Target
	for _, v := range a.json(i, value.isArray).elements() {
		t, ok := messageTarget(v)
		a.badJSON = a.badJSON || !ok
		if key.ID != "" {
			t.Conv = key
		}
		all = append(all, t)
	}
	return all
}

// messagesJSON is the array of those messages that were found.
func messagesJSON(found []core.Changed) string {
	list := array{}
	for _, f := range found {
		if f.Message != nil {
			list.add(messageJSON(f.Message, f.Conv))
		}
	}
	return list.text()
}
