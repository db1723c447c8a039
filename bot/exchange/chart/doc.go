// Package chart draws figures: the flow between labs as a matrix, goals by their
// state, and how long people took to meet.
//
// The rule: a picture says nothing that it does not say in words and in a table
// too. Numbers stand in the picture itself, and no meaning is in a colour alone.
// The same figures are the same picture to the byte, as PNG and as SVG, on every
// machine: the fonts are the program's own.
package chart
