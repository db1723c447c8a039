// Package calendar is civil time: what clocks on walls say, where, and which
// instant that is. Its rule: a wall time becomes an instant in one place only,
// [ZoneSet.Resolve], by rules of time that are pinned in the program; a
// time-zone abbreviation, an empty zone or the machine's own zone never counts
// as an answer, and what people typed is either understood whole or refused
// with a sentence that says what to type instead.
//
// A [Zone] is a name and nothing more, so it can be compared, stored and
// decoded without any data. What a name means at a given time is known by a
// [ZoneSet]: [Pinned] or one loaded with [LoadZones]. Every set knows every
// name, so a Zone that is not the zero value always works.
//
// The package is pure: it reads no clock, no file and no setting of the machine.
package calendar
