/** Tests of the timeline against both databases. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.timeline;
