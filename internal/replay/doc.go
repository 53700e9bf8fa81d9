// Package replay makes a test of what the flight recorder wrote: the calls of a
// recording are made once more, natively, on an account in memory, and what comes of
// them is compared with what was recorded.
//
//	func TestReport17(t *testing.T) { replay.Run(t, "testdata/report17.jsonl") }
//
// A return value, or the code of an answer, that differs fails the test. Where the
// recording holds all that the account has seen, the texts of answers and events are
// compared too; else what differs in them is only logged. At last TIMConvVerify has
// to find nothing.
//
// A recording that begins in the middle of an account's life needs the account: see
// WithBackup. Once a fault is mended its report no longer holds; go test with
// -replay.update writes down what comes of the calls now, to be read before it is
// committed.
package replay
