// Package model is the conversation functions done again, plainly: slices, no
// storage, everything worked out when asked. A Generator makes random calls
// and says, as data, what each must return, call back and tell, so that the
// same run can drive a module natively and a page in a browser.
package model
