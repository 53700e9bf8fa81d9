// Serve serves the demo page in web/ on the loopback address, for make run. It
// sends the headers a careful host would send: if the page works here, it works
// under a strict Content-Security-Policy. What is compressed beside its file goes
// out compressed, and what is asked for by its content's hash may be kept for
// ever.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"
)

func main() {
	dir := flag.String("dir", "web", "the directory to serve")
	flag.Parse()
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	listener, err := listen(port)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("timconv is at http://%s/ (Ctrl-C ends it)\n", listener.Addr())
	server := &http.Server{Handler: handler(*dir), ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}

// listen takes port on the loopback address, or any free one if it is taken.
func listen(port string) (net.Listener, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if errors.Is(err, syscall.EADDRINUSE) {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return listener, err
}
