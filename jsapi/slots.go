package jsapi

import "sync"

// A slot is a place for one registered callback.
type slot int

const (
	slotConvEvent slot = iota
	slotTotalUnread
	slotFilterUnread
	slotGroupCreated
	slotGroupDeleted
	slotGroupRenamed
	slotGroupAdded
	slotGroupRemoved
	slotReceipt
	slotRevoke
	slotUpdate
	slotMuted
	slotSend
	slotStatus
	slotCount
)

// registered is a callback and its user data, and for the recorder which one.
type registered struct {
	fn, userData Value
	recorder     *recorder
	name         string // of the function that filled the slot
	n            uint64 // or of the call that calls it back; 0: it is not recorded
	place        int    // among its arguments
}

// post calls it. The last argument is its user data.
func (f *registered) post(args ...any) {
	if f.recorder.max.Load() != 0 && (f.n != 0 || f.name != "") {
		f.recorder.told(f, args[:len(args)-1])
	}
	f.fn.Post(args...)
}

// slots are the callbacks an application has registered. They outlive logins.
type slots struct {
	mu       sync.Mutex
	single   [slotCount]registered
	messages []registered // of TIMAddRecvNewMsgCallback, in order
	armed    bool         // the total has been asked for once
}

// set fills a slot; anything but a function empties it.
func (s *slots) set(which slot, f registered) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.fn.Kind() != KindFunction {
		f = registered{}
	}
	s.single[which] = f
}

// has reports whether a slot is filled.
func (s *slots) has(which slot) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.single[which].fn != nil
}

// post calls the callback of a slot, if there is one.
func (s *slots) post(which slot, args ...any) {
	s.mu.Lock()
	r := s.single[which]
	armed := s.armed
	s.mu.Unlock()
	if r.fn == nil || which == slotTotalUnread && !armed {
		return
	}
	r.post(append(args, r.userData)...)
}

// arm lets the total's callback be called from now on.
func (s *slots) arm() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed = true
}

// addMessages registers one more callback for new messages. One that is there
// already gets the new user data.
func (s *slots) addMessages(f registered) {
	if f.fn.Kind() != KindFunction {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.messages {
		if s.messages[i].fn.Same(f.fn) {
			s.messages[i].userData = f.userData
			return
		}
	}
	s.messages = append(s.messages, f)
}

func (s *slots) removeMessages(fn Value) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rest []registered
	for _, r := range s.messages {
		if !r.fn.Same(fn) {
			rest = append(rest, r)
		}
	}
	s.messages = rest
}

// postMessages calls every callback for new messages. The text is made only if
// there is one.
func (s *slots) postMessages(raw [][]byte) {
	s.mu.Lock()
	all := append([]registered(nil), s.messages...)
	s.mu.Unlock()
	if len(all) == 0 {
		return
	}
	text := joined(raw)
	for _, r := range all {
		r.post(text, r.userData)
	}
}

// joined is the JSON array of texts.
func joined(texts [][]byte) string {
	return textOfBytes(appendJoined(make([]byte, 0, sizeOf(texts)), texts))
}

// sizeOf is how long the array of texts is, at most.
func sizeOf(texts [][]byte) int {
	size := 2
	for _, text := range texts {
		size += len(text) + 1
	}
	return size
}

func appendJoined(b []byte, texts [][]byte) []byte {
	b = append(b, '[')
	for i, text := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, text...)
	}
	return append(b, ']')
}
