package jsapi

import (
	"errors"
	"hash/fnv"
	"math"
	"slices"
	"strconv"

	"timconv/core"
)

// A sending is a message in the hands of the application's transport.
type sending struct {
	token string
	key   core.ConvKey
	id    string
	msg   *core.Message // as it was handed over
	reply answer
}

var (
	errNoObject   = errors.New("not an object")
	errNoElements = errors.New("message_elem_array is missing or empty")
)

// ownMessage reads a Message object that was made here. Only
// message_elem_array is needed.
func (m *Module) ownMessage(v value, key core.ConvKey, status core.MessageStatus) (*core.Message, error) {
	in := m.intake()
	fields := append(convFields(key), statusField(status))
	var given incoming
	elements, fromSelf := false, value("")
	if err := readMembers(v, func(key string, v value) bool {
		switch key {
		case "message_elem_array":
			elements = len(v.elements()) > 0
		case "message_is_from_self":
			fromSelf = v
		}
		return given.read(key, v)
	}); err != nil {
		return nil, err
	}
	if !elements {
		return nil, errNoElements
	}
	fill := func(key, text string) { fields = append(fields, field{key: key, text: text}) }
	sending := status == core.StatusSending
	sender, client, rand := given.sender, given.clientTime, given.Rand
	if sender == "" || sending {
		if sender = in.self; sender != "" {
			fill("message_sender", quoted(sender))
		}
	}
	own := sending || given.sender == "" || given.sender == in.self
	if sending || fromSelf == "" {
		fill("message_is_from_self", strconv.FormatBool(own))
	}
	if client == 0 {
		client = uint64(in.now / 1000)
		fill("message_client_time", strconv.FormatUint(client, 10))
	}
	if sending {
		fill("message_server_time", "0")
		fill("message_seq", "0")
		fill("message_is_read", "true")
	} else if given.serverTime == 0 {
		fill("message_server_time", strconv.FormatUint(client, 10))
	}
	if rand == 0 {
		h := fnv.New32a()
		h.Write([]byte(in.random()))
		rand = uint64(h.Sum32())
		fill("message_rand", strconv.FormatUint(rand, 10))
	}
	if client < 1<<32 && rand < 1<<32 {
		fill("message_unique_id", strconv.FormatUint(client<<32+rand, 10))
	}
	msg, err := decodeMessage(value(v.withMembers(fields)), in)
	if err == nil {
		msg.Local = true
	}
	return msg, err
}

func timMsgSendMessage(m *Module, c *core.Core, a *args) func() {
	msg, send := m.toSend(c, a)
	buffer, reply := a.at(3), a.callback(4)
	if a.fault() != succeeded {
		return nil
	}
	switch buffer.Kind() {
	case KindBytes:
		a.badParam = !buffer.Fill(append([]byte(msg.ID), 0))
	case KindUndefined, KindNull:
	default:
		a.badParam = true
	}
	return func() { send(reply) }
}

func timMsgSendNewMsg(m *Module, c *core.Core, a *args) func() {
	_, send := m.toSend(c, a)
	reply := a.callback(3)
	return func() { send(reply) }
}

func timMsgSendNewMsgEx(m *Module, c *core.Core, a *args) func() {
	msg, send := m.toSend(c, a)
	named, reply := a.callbackWith(3, 5), a.callbackWith(4, 5)
	return func() {
		named(succeeded, okText, msg.ID)
		send(reply)
	}
}

// toSend reads what to send, and returns how.
func (m *Module) toSend(c *core.Core, a *args) (*core.Message, func(answer)) {
	key := a.conv(0)
	v := a.json(2, value.isObject)
	if a.fault() != succeeded {
		return nil, nil
	}
	msg, err := m.ownMessage(v, key, core.StatusSending)
	a.badJSON = err != nil
	token := ""
	if a.n != 0 { // by which a replay finds it
		token = m.recorder.token()
	}
	return msg, func(reply answer) {
		if msg.Online { // stored nowhere: only for whoever is online
			c.Read(func(*core.Account) {}, func(error) { m.handOver(c, msg, token, reply) })
			return
		}
		c.Send(msg, func(sent *core.Message, err error) {
			if err != nil {
				reply.plain(err)
				return
			}
			m.handOver(c, sent, token, reply)
		})
	}
}

// handOver gives a message to the application's transport.
func (m *Module) handOver(c *core.Core, msg *core.Message, token string, reply answer) {
	s := &sending{token: token, key: msg.Conv, id: msg.ID, msg: msg, reply: reply}
	m.mu.Lock()
	open := m.account != nil && m.account.core == c
	handled := open && m.slots.has(slotSend)
	if handled {
		if m.sent++; s.token == "" {
			s.token = strconv.FormatUint(m.sent, 36)
		}
		m.sendings = append(m.sendings, s)
	}
	m.mu.Unlock()
	switch {
	case handled:
		m.slots.post(slotSend, string(msg.Raw), m.host.Done(s.token))
	case open:
		s.fail(c, codeNoTransport, "no transport: TIMSetMsgSendHandler has not been called")
	default:
		s.fail(c, codeInterrupted, "the account was closed before the message was sent")
	}
}

func (s *sending) fail(c *core.Core, code int, text string) {
	s.settle(c, nil, objectOf([]field{statusField(core.StatusFailed)}), func(*core.Message, string) {
		s.reply(code, text, "")
	})
}

// settle ends the sending of the message, and then calls done with it as it is
// shown.
func (s *sending) settle(c *core.Core, echo, change []byte, done func(m *core.Message, json string)) {
	c.Settle(s.key, s.id, echo, change, func(msg *core.Message, conv *core.Conversation, err error) {
		json := ""
		if msg != nil {
			json = string(messageJSON(msg, conv))
		}
		done(msg, json)
	})
}

// Done takes in what the application's transport says of a message: code, desc
// and json. Only the first word on each message counts.
func (m *Module) Done(token string, values []Value) {
	said.run(m, &args{values: values, token: token})
}

// said is recorded as the calls on TIM are.
var said = entry{name: "done", now: done}

func done(m *Module, a *args) any {
	s, c := m.takeSending(func(s *sending) bool { return s.token == a.token })
	if s == nil {
		return nil
	}
	code, text := codeInvalidParameters, "the transport gave no code"
	if v := a.at(0); v.Kind() == KindNumber && v.Number() == math.Trunc(v.Number()) && math.Abs(v.Number()) <= math.MaxInt32 {
		code, text = int(v.Number()), ""
	}
	if v := a.at(1); v.Kind() == KindString {
		text = v.Text()
	}
	if code != succeeded {
		s.fail(c, code, text)
		return nil
	}
	echo := value("{}")
	if v := a.at(2); v.Kind() == KindString {
		if r, ok := parseJSON(v.Text()); ok && r.isObject() {
			echo = r
		}
	}
	s.settle(c, []byte(echo), nil, func(msg *core.Message, json string) {
		if msg == nil && s.msg.Online { // it is stored nowhere
			json = string(codec{}.Settle(s.msg, []byte(echo)).Raw)
		}
		s.reply(succeeded, okText, json)
	})
	return nil
}

func timMsgCancelSend(m *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	id, reply := a.id(2), a.callback(3)
	return func() {
		s, _ := m.takeSending(func(s *sending) bool { return s.key == key && s.id == id })
		if s == nil {
			c.Read(func(*core.Account) {}, func(error) {
				reply(codeNothingToCancel, "the message is not being sent", "")
			})
			return
		}
		s.settle(c, nil, objectOf([]field{statusField(core.StatusCanceled)}), func(msg *core.Message, json string) {
			if msg != nil && msg.Status != core.StatusCanceled { // its echo was faster
				s.reply(succeeded, okText, json)
				reply(codeNothingToCancel, "the message has been sent", "")
				return
			}
			s.reply(codeCanceled, "the message was canceled", "")
			reply(succeeded, okText, "")
		})
	}
}

// giveUp fails every message that is being sent, for the account closes. It
// needs the lock.
func (m *Module) giveUp(c *core.Core) {
	for _, s := range m.sendings {
		s.fail(c, codeInterrupted, "the account was closed before the message was sent")
	}
	m.sendings = nil
}

// takeSending takes a message that is being sent out of the list, with the
// core that has it; nil where there is none such.
func (m *Module) takeSending(is func(*sending) bool) (*sending, *core.Core) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.sendings, is)
	if i < 0 {
		return nil, nil
	}
	s := m.sendings[i]
	m.sendings = append(m.sendings[:i:i], m.sendings[i+1:]...)
	return s, m.account.core
}
