package matching_test

import (
	"fmt"

	"interlab/matching"
)

func Example() {
	index := matching.NewIndex(matching.DefaultAliases())
	index.Put(matching.Profile{ID: "ada", Shares: []string{"Sparse autoencoders for interpretability", "R"}})
	index.Put(matching.Profile{ID: "ben", Shares: []string{"sparse coding", "variational autoencoders"}})
	index.Put(matching.Profile{ID: "cho", Shares: []string{"RLHF"}, Seeks: []string{"sparse autoencoders"}})
	index.Put(matching.Profile{ID: "dee", Shares: []string{"sparse autoencoders"}})

	sameLab := func(id string) bool { return id == "dee" }
	query := matching.Query{Text: "someone who knows about sparse autoencoders"}
	for _, s := range index.Suggest(query, 3, func(id string) bool { return !sameLab(id) }) {
		for _, r := range s.Top(3) {
			fmt.Printf("%s %s %q, which answers %q\n", s.ID, r.Kind, r.Phrase, r.Asked)
		}
	}
	fmt.Println(index.Topics("auto", 5))
	// Output:
	// ada shares "Sparse autoencoders for interpretability", which answers "sparse autoencoders"
	// ben shares "sparse coding", which answers "sparse"
	// ben shares "variational autoencoders", which answers "autoencoders"
	// cho seeks "sparse autoencoders", which answers "sparse autoencoders"
	// [sparse autoencoders Sparse autoencoders for interpretability variational autoencoders]
}
