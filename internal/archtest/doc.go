// Package archtest holds the house rules a program can check: who imports whom,
// which files are for the browser, how long files and functions may be. It
// reads every Go file whatever its build tag says.
package archtest
