package org.auscult.server.auth.registry;

import org.auscult.server.auth.user.User;

/**
 * Who keeps the registry.
 *
 * @param client by which the person asks
 */
record Administrator(User user, String client) {}
