package matching

import "strings"

// isAction reports whether a folded word of prose mostly says what something does
// or how, so that a phrase ends before it rather than hangs in the air: "chronic
// pain", not "chronic pain affects". It serves what is shown and counts for no score.
func isAction(word string) bool {
	switch word {
	case "accompanied", "accompanies", "activate", "activates", "affect", "affected", "affecting", "affects", "alter",
		"altered", "alters", "appear", "appears", "attenuate", "attenuated", "attenuates", "cause", "caused", "causes",
		"causing", "comprises", "confers", "constitute", "constitutes", "contains", "control", "controls", "correlate",
		"correlated", "correlates", "decrease", "decreased", "decreases", "depend", "depends", "drive", "drives",
		"elicit", "elicited", "elicits", "emerge", "emerged", "emerges", "encode", "encoded", "encodes", "enhance", "enhanced",
		"enhances", "evoke", "evokes", "exhibit", "exhibited", "exhibits", "exist", "exists", "express", "expressed",
		"expresses", "facilitate", "facilitates", "form", "forms", "generate", "generated", "generates", "govern",
		"governs", "happens", "impair", "impaired", "impairs", "induce", "induced", "induces", "inhibit", "inhibited",
		"inhibits", "inspired", "involve", "involves", "involving", "learned", "localize", "localizes", "maintain",
		"maintains", "mediate", "mediated", "mediates", "mimics", "modulate", "modulated", "modulates", "occurred",
		"occurs", "optimizing", "play", "played", "playing", "predict", "predicts", "prevent", "prevented", "prevents", "process",
		"processes", "promote", "promoted", "promotes", "reflect", "reflects", "regulate", "regulates", "regulating",
		"relate", "relates", "represent", "represents", "respond", "responds", "serve", "serves", "suffer", "suffering",
		"suffers", "support", "supports", "trigger", "triggered", "triggers", "underlie", "underlies", "undergo",
		"undergoes", "undergoing", "underwent", "varied", "varies", "vary":
		return true
	}
	return len(word) > len("early") && strings.HasSuffix(word, "ly")
}
