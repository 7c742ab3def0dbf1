/**
 * Endpoints: a client names where it wants to be notified, and an administrator approves that.
 * Start at {@link org.tenderpoint.endpoint.EndpointApprovals}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "guard", "server"})
@NullMarked
package org.tenderpoint.endpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
