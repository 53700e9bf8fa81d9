package main

import (
	"strconv"
	"strings"
)

// acceptance is what an Accept-Encoding says of each coding, in lower case: its
// quality, from 0 (not acceptable) to 1.
type acceptance map[string]float64

// acceptOf reads the values of Accept-Encoding. What is not understood is left
// out.
func acceptOf(values []string) acceptance {
	accepted := acceptance{}
	for item := range strings.SplitSeq(strings.Join(values, ","), ",") {
		coding, parameters, _ := strings.Cut(item, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		quality := 1.0
		if key, value, found := strings.Cut(parameters, "="); found && strings.EqualFold(strings.TrimSpace(key), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) {
				continue
			}
			quality = q
		}
		if coding != "" {
			accepted[coding] = quality
		}
	}
	return accepted
}

// quality returns that of a coding, by its name or by "*". Of one not mentioned
// it is 0, but the file as it is is always welcome where nothing forbids it.
func (a acceptance) quality(coding string) float64 {
	if q, found := a[coding]; found {
		return q
	}
	if q, found := a["*"]; found {
		return q
	}
	if coding == "identity" {
		return leastQuality
	}
	return 0
}

// leastQuality is below all that can be written with three digits.
const leastQuality = 0.0001
