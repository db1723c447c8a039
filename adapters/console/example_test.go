package console

import (
	"context"
	"fmt"
	"os"
	"strings"
)

func ExampleParse() {
	script, err := Parse("talk.txt", strings.NewReader(`
ana@slack:curie> match find graphs
ana> press "Ask Bo"
expect bo@discord:noether: Ana would like to talk [only: console, discord]
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range script.Steps {
		fmt.Printf("%s %T: %s\n", step.Where, step.Do, step)
	}
	// Output:
	// talk.txt:2 console.Act: ana@slack:curie> match find graphs
	// talk.txt:3 console.Act: ana@slack:curie> press "Ask Bo"
	// talk.txt:4 console.Expect: expect bo@discord:noether: Ana would like to talk [only: console, discord]
}

func ExampleParse_wrong() {
	_, err := Parse("talk.txt", strings.NewReader("ana@slack:curie> press Yes\nbo> hello"))
	fmt.Println(err)
	// Output:
	// talk.txt:1: press wants a number or a label in double quotes: press 2, press "Yes" on 4 of bo: "Yes" is not in double quotes
	// talk.txt:2: nobody is called "bo" yet; write the name in full first, such as bo@slack:curie
}

func ExampleConsole_Play() {
	world := &fake{now: start, done: map[string]int{}}
	c := New(Options{World: world, Out: os.Stdout})
	world.says = c
	c.Bind(world)
	script, err := Parse("talk.txt", strings.NewReader("ana@slack:curie> hello\nexpect ana: You said\nexpect nobody"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Play(context.Background(), script))
	// Output:
	// ana@slack:curie> hello
	// 1 bot → ana@slack:curie (private)
	//     You said `hello`.
	// talk.txt:3: nobody was to see anything, but there was:
	//     1 bot → ana@slack:curie (private): You said `hello`.
}
