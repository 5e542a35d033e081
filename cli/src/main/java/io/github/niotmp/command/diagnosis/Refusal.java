package io.github.niotmp.command.diagnosis;

/**
 * A candidate for the temporary directory that cannot be used.
 *
 * @param source the property, variable or list that names the directory
 */
public record Refusal(String directory, String source, String reason) {}
