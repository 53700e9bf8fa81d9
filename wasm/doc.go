// Command wasm is the module that a page loads: it builds the core's
// surroundings, registers the global TIM, and stays.
package main
