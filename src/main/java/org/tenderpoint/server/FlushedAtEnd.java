package org.tenderpoint.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * An answer that leaves when it is complete, or when the container's buffer is full. HAPI's JSON writer flushes after every
 * element; passed on, that is a system call and a chunk on the wire for each, some thousands for a summary of fifty visits.
 */
final class FlushedAtEnd extends HttpServletResponseWrapper {

    private @Nullable PrintWriter writer;
    private @Nullable ServletOutputStream stream;

    FlushedAtEnd(HttpServletResponse response) {
        super(response);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(super.getWriter()) {
                @Override
                public void flush() {
                    // The end does.
                }
            };
        }
        return writer;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new Unflushed(super.getOutputStream());
        }
        return stream;
    }

    /** For compressed answers, which are written as bytes. */
    private static final class Unflushed extends ServletOutputStream {

        private final ServletOutputStream out;

        Unflushed(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void flush() {
            // The end does.
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
