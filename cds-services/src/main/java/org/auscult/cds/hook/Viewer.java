package org.auscult.cds.hook;

import java.util.Set;
import java.util.function.Supplier;

/**
 * Who looks, and where the patient is.
 *
 * @param roles {@code system|code}, looked up only if somebody asks; empty if not known
 * @param settings classes of the encounters that are open; empty if not known
 */
record Viewer(Supplier<Set<String>> roles, Set<String> settings) {}
