// Go's libraries as a contestant: emersion/go-sasl and xdg-go/scram, as Debian packages them. Each line of standard
// input is "CASE SECONDS", and is answered with exchanges a second of CPU time of the whole process.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"runtime"
	"syscall"

	sasl "github.com/emersion/go-sasl"
	"github.com/xdg-go/scram"
)

func cpuSeconds() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Sec+usage.Stime.Sec) + float64(usage.Utime.Usec+usage.Stime.Usec)*1e-6
}

func rate(exchange func(), seconds float64) float64 {
	exchange()
	start, done, batch := cpuSeconds(), 0, 1
	for {
		for i := 0; i < batch; i++ {
			exchange()
		}
		done += batch
		spent := cpuSeconds() - start
		if spent >= seconds {
			return float64(done) / spent
		}
		if spent < seconds/20 {
			batch *= 2
		}
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func login(client sasl.Client, server sasl.Server) {
	_, response, err := client.Start()
	must(err)
	challenge, done, err := server.Next(response)
	must(err)
	for !done {
		response, err = client.Next(challenge)
		must(err)
		challenge, done, err = server.Next(response)
		must(err)
	}
}

func scramLogin(client *scram.Client, server *scram.Server) {
	ours, theirs := client.NewConversation(), server.NewConversation()
	message := ""
	for !theirs.Done() {
		response, err := ours.Step(message)
		must(err)
		message, err = theirs.Step(response)
		must(err)
	}
	_, err := ours.Step(message)
	must(err)
	if !ours.Valid() || !theirs.Valid() {
		must(fmt.Errorf("not valid"))
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	password := func(username, password string) error {
		if username != "user" || password != "pencil" {
			return fmt.Errorf("bad credentials")
		}
		return nil
	}
	plain := func(_, username, secret string) error { return password(username, secret) }
	anonymous := func(string) error { return nil }
	cases := map[string]func(){
		"PLAIN":     func() { login(sasl.NewPlainClient("", "user", "pencil"), sasl.NewPlainServer(plain)) },
		"LOGIN":     func() { login(sasl.NewLoginClient("user", "pencil"), sasl.NewLoginServer(password)) },
		"ANONYMOUS": func() { login(sasl.NewAnonymousClient("t"), sasl.NewAnonymousServer(anonymous)) },
	}

	salt, err := base64.StdEncoding.DecodeString("W22ZaJ0SNY7soEsUEjb6gQ==")
	must(err)
	for name, hash := range map[string]scram.HashGeneratorFcn{
		"SCRAM-SHA-1": scram.SHA1, "SCRAM-SHA-256": scram.SHA256, "SCRAM-SHA-512": scram.SHA512,
	} {
		hash := hash
		client, err := hash.NewClient("user", "pencil", "")
		must(err)
		stored := client.GetStoredCredentials(scram.KeyFactors{Salt: string(salt), Iters: 4096})
		server, err := hash.NewServer(func(string) (scram.StoredCredentials, error) { return stored, nil })
		must(err)
		cases[name] = func() { scramLogin(client, server) }
		cases[name+"-4096"] = func() {
			fresh, err := hash.NewClient("user", "pencil", "")
			must(err)
			scramLogin(fresh, server)
		}
	}

	for {
		var name string
		var seconds float64
		if n, _ := fmt.Scan(&name, &seconds); n != 2 {
			return
		}
		if exchange, known := cases[name]; known {
			fmt.Printf("%.1f\n", rate(exchange, seconds))
		} else {
			fmt.Println("-")
		}
	}
}
