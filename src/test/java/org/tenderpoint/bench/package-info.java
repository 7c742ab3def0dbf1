/**
 * Measures the server against a floor in the same run: bare JDBC for writes, a bare servlet for reads. Start at
 * {@link org.tenderpoint.bench.Benchmark}; {@link org.tenderpoint.bench.StartUp} measures how the jar starts.
 */
@NullMarked
package org.tenderpoint.bench;

import org.jspecify.annotations.NullMarked;
