// Go's halves: emersion/go-sasl, xdg-go/scram and xdg-go/stringprep, as Debian packages them. Its lines are those of
// lines.h.
package main

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	sasl "github.com/emersion/go-sasl"
	"github.com/xdg-go/scram"
	"github.com/xdg-go/stringprep"
)

// One half; whether it is done, and for a server who came in.
type half func(input []byte) (output []byte, done bool, err error)

type fields map[string]string

type identity struct{ authcid, authzid string }

var errNot = errors.New("not this one")

var cameIn identity

func clientOf(client sasl.Client) half {
	started := false
	return func(input []byte) ([]byte, bool, error) {
		if started {
			output, err := client.Next(input)
			return output, true, err
		}
		started = true
		_, output, err := client.Start()
		return output, true, err
	}
}

func serverOf(server sasl.Server) half { return server.Next }

func scramClient(hash scram.HashGeneratorFcn, f fields) (half, error) {
	client, err := hash.NewClient(f["name"], f["password"], f["authzid"])
	if err != nil {
		return nil, err
	}
	least, err := strconv.Atoi(f["least"])
	if err != nil {
		return nil, err
	}
	conversation := client.WithMinIterations(least).WithNonceGenerator(nonceOf(f)).NewConversation()
	return func(input []byte) ([]byte, bool, error) {
		output, err := conversation.Step(string(input))
		return []byte(output), conversation.Valid(), err
	}, nil
}

func nonceOf(f fields) scram.NonceGeneratorFcn { return func() string { return f["nonce"] } }

func scramServer(hash scram.HashGeneratorFcn, f fields) (half, error) {
	server, err := hash.NewServer(func(name string) (scram.StoredCredentials, error) {
		iterations, err := strconv.Atoi(f["iterations"])
		if err != nil || name != f["name"] {
			return scram.StoredCredentials{}, errNot
		}
		account, err := hash.NewClient(f["name"], f["password"], "")
		if err != nil {
			return scram.StoredCredentials{}, err
		}
		return account.GetStoredCredentials(scram.KeyFactors{Salt: f["salt"], Iters: iterations}), nil
	})
	if err != nil {
		return nil, err
	}
	conversation := server.WithNonceGenerator(nonceOf(f)).NewConversation()
	return func(input []byte) ([]byte, bool, error) {
		output, err := conversation.Step(string(input))
		cameIn = identity{conversation.Username(), conversation.AuthzID()}
		return []byte(output), conversation.Valid(), err
	}, nil
}

var hashes = map[string]scram.HashGeneratorFcn{
	"SCRAM-SHA-1": scram.SHA1, "SCRAM-SHA-256": scram.SHA256, "SCRAM-SHA-512": scram.SHA512,
}

func begin(role, mechanism string, f fields) (half, error) {
	if hash, known := hashes[mechanism]; known {
		if role == "client" {
			return scramClient(hash, f)
		}
		return scramServer(hash, f)
	}
	switch role + " " + mechanism {
	case "client PLAIN":
		return clientOf(sasl.NewPlainClient(f["authzid"], f["name"], f["password"])), nil
	case "client LOGIN":
		return clientOf(sasl.NewLoginClient(f["name"], f["password"])), nil
	case "client ANONYMOUS":
		return clientOf(sasl.NewAnonymousClient(f["trace"])), nil
	case "client EXTERNAL":
		return clientOf(sasl.NewExternalClient(f["authzid"])), nil
	case "client OAUTHBEARER":
		return clientOf(sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: f["authzid"], Token: f["token"]})), nil
	case "client XOAUTH2":
		return clientOf(sasl.NewXoauth2Client(f["name"], f["token"])), nil
	case "server PLAIN":
		return serverOf(sasl.NewPlainServer(func(authzid, name, password string) error {
			cameIn = identity{name, authzid}
			return same(name == f["name"] && password == f["password"])
		})), nil
	case "server LOGIN":
		return serverOf(sasl.NewLoginServer(func(name, password string) error {
			cameIn = identity{name, ""}
			return same(name == f["name"] && password == f["password"])
		})), nil
	case "server ANONYMOUS":
		return serverOf(sasl.NewAnonymousServer(func(string) error {
			cameIn = identity{"anonymous", ""}
			return nil
		})), nil
	}
	return nil, fmt.Errorf("no %s half of %s", role, mechanism)
}

func same(good bool) error {
	if good {
		return nil
	}
	return errNot
}

func message(word string) []byte {
	if word == "-" {
		return nil
	}
	decoded, err := hex.DecodeString(word[1:])
	if err != nil {
		panic(err)
	}
	return decoded
}

func word(octets []byte) string {
	if octets == nil {
		return "-"
	}
	return "=" + hex.EncodeToString(octets)
}

func readFields(words []string) fields {
	f := fields{}
	for _, pair := range words {
		name, value, _ := strings.Cut(pair, "=")
		decoded, err := hex.DecodeString(value)
		if err != nil {
			panic(err)
		}
		f[name] = string(decoded)
	}
	return f
}

func failure(err error) string { return "fail " + strings.ReplaceAll(err.Error(), "\n", " ") }

// A panic is an answer too: the message that made it is what is being looked for.
func step(run half, input []byte, server bool) (reply string) {
	defer func() {
		if caught := recover(); caught != nil {
			reply = failure(fmt.Errorf("panic: %v", caught))
		}
	}()
	output, done, err := run(input)
	if err != nil {
		return failure(err)
	}
	if !done {
		return "more " + word(output)
	}
	if server {
		return fmt.Sprintf("done %s %s %s", word(output), word([]byte(cameIn.authcid)), word([]byte(cameIn.authzid)))
	}
	return "done " + word(output)
}

func main() {
	halves := map[string]half{}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		words := strings.Fields(line)
		switch words[0] {
		case "client", "server":
			run, err := begin(words[0], words[1], readFields(words[2:]))
			halves[words[0][:1]] = run
			if err != nil {
				fmt.Println(failure(err))
			} else {
				fmt.Println("ok")
			}
		case "prepare":
			prepared, err := stringprep.SASLprep.Prepare(string(message(words[2])))
			if err != nil {
				fmt.Println(failure(err))
			} else {
				fmt.Println("done " + word([]byte(prepared)))
			}
		default:
			fmt.Println(step(halves[words[0]], message(words[1]), words[0] == "s"))
		}
	}
}
