package main

import (
	"net"
	"testing"
)

func TestATakenPortFallsBackToAFreeOne(t *testing.T) {
	first, err := listen("0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	_, port, _ := net.SplitHostPort(first.Addr().String())
	second, err := listen(port)
	if err != nil {
		t.Fatalf("got %v, want another port", err)
	}
	defer second.Close()
	if first.Addr().String() == second.Addr().String() {
		t.Errorf("got %s twice", first.Addr())
	}
}
