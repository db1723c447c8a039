package main

// The components that each class of the Model Openness Framework requires beside
// those of the class below it, from class III up.
var framework = [][]string{
	{"architecture", "weights", "model_card", "data_card", "technical_report", "eval_results"},
	{"code_training", "code_inference", "eval_harness", "benchmark_data"},
	{"dataset", "code_preprocessing", "checkpoints", "paper"},
}

// part is how much of a class is open, of 1: the 1st of the classes is the best.
func part(class int, open map[string]bool) float64 {
	needed := map[string]bool{}
	for _, components := range framework[:4-class] {
		for _, c := range components {
			needed[c] = true
		}
	}
	paper := open["paper"] || open["preprint"]
	if paper && !open["technical_report"] { // a paper stands in for the report
		delete(needed, "technical_report")
		needed["paper"] = true
	}
	there := 0
	for c := range needed {
		if open[c] || c == "paper" && paper {
			there++
		}
	}
	return float64(there) / float64(len(needed))
}

// models are the classes of the packs of models of which something appeared
// within the period.
func models() {
	type pack struct {
		exchange string
		n        int
	}
	packs := map[pack]bool{}
	for _, s := range in.Slots {
		if s.Profile == "model" || s.Profile == "model_full" {
			packs[pack{s.Exchange, s.Pack}] = true
		}
	}
	classes, sums, of := map[string]int{}, [4]float64{}, 0
	names := []string{"", "class I", "class II", "class III"}
	for p := range packs {
		first, open := "", map[string]bool{}
		for _, v := range in.Evidence {
			if v.Exchange != p.exchange || v.Pack != p.n {
				continue
			}
			if v.Appeared != "" && (first == "" || v.Appeared < first) {
				first = v.Appeared
			}
			open[v.Type] = open[v.Type] || v.Open
		}
		if !holds(first) {
			continue
		}
		of++
		best := "no class"
		for class := 3; class >= 1; class-- {
			sums[class] += part(class, open)
			if part(class, open) == 1 {
				best = names[class]
			}
		}
		classes[best]++
	}
	for _, name := range append(names[1:], "no class") {
		count("M11 models of "+name, classes[name])
	}
	for class := 1; class <= 3; class++ {
		mean("M11 mean of "+names[class], sums[class], of)
	}
}
