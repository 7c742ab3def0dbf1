/** The record: store, search, transactions, history. Start at {@link Chart}; the only room that knows SQL. */
@ApplicationModule(allowedDependencies = {"issue", "access"})
@NullMarked
package org.tenderpoint.chart;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
