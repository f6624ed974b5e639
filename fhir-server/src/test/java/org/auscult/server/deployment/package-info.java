/** Tests of deployments in a running server. */
@NullMarked
package org.auscult.server.deployment;

import org.jspecify.annotations.NullMarked;
