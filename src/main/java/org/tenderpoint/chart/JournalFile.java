package org.tenderpoint.chart;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that survives the server, and that one server uses at a time. A line that was handed to the system is
 * there when the server is killed the moment after; the disk is not waited for. Access is one thread's at a time.
 */
final class JournalFile implements Closeable {

    private static final String ENDING = ".journal";
    private static final String UNREADABLE = ".unreadable";

    /** Servers of one JVM do not lock each other out by a lock on a file. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path path;
    private final RandomAccessFile file;

    @SuppressWarnings("unused") // Held as long as the file is open.
    private final FileLock held;

    private long end;

    private JournalFile(Path path, RandomAccessFile file, FileLock held) {
        this.path = path;
        this.file = file;
        this.held = held;
    }

    /** Something that fails as files do. */
    interface Work {
        void run() throws IOException;
    }

    /** Does something in a folder while no other server does it; so nobody takes a file for left that was only just made. */
    static void inTurn(Path folder, Work work) throws IOException {
        Files.createDirectories(folder);
        synchronized (ONE_AT_A_TIME) {
            try (var file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
                    var held = file.getChannel().lock()) {
                if (held.isValid()) {
                    work.run();
                }
            }
        }
    }

    /**
     * A new file, which nobody but the server's account may read.
     *
     * @param run a word that no other run of a server has
     * @param number of the file among those of that run
     */
    static JournalFile create(Path folder, String run, int number) throws IOException {
        var path = folder.resolve(run + "-" + number + ENDING);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        var opened = open(path);
        if (opened == null) {
            throw new IOException("somebody else has locked " + path);
        }
        return opened;
    }

    /** The files of servers that are not there any more. */
    static List<JournalFile> leftBehind(Path folder) throws IOException {
        var left = new ArrayList<JournalFile>();
        try (var paths = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var path : paths) {
                var opened = open(path);
                if (opened != null) {
                    left.add(opened);
                }
            }
        }
        return left;
    }

    private static @Nullable JournalFile open(Path path) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "rw");
        FileLock held = null;
        try {
            held = file.getChannel().tryLock();
        } catch (OverlappingFileLockException ofThisJvm) {
            // Somebody uses it, as where another process does.
        } finally {
            if (held == null) {
                file.close();
            }
        }
        return held == null ? null : new JournalFile(path, file, held);
    }

    /** Adds a line, which ends with the only line feed in it. Nothing of it stays where that fails. */
    void append(byte[] line) throws IOException {
        try {
            // Not through a channel: whoever interrupts a thread that writes to one closes it for all.
            file.write(line);
            end += line.length;
        } catch (IOException failed) {
            file.setLength(end);
            file.seek(end);
            throw failed;
        }
    }

    /** All whole lines. What stands behind the last of them was being written when the server ended, and was not shown. */
    List<String> lines() throws IOException {
        // Not by its path: the server that stopped may just have taken it away, and closing it once would give up the
        // lock.
        var bytes = new byte[Math.toIntExact(file.length())];
        file.seek(0);
        file.readFully(bytes);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Empties it. */
    void erase() throws IOException {
        file.setLength(0);
        file.seek(0);
        end = 0;
    }

    /** Whether it is still to be found by whoever starts next. */
    boolean isThere() {
        return Files.exists(path);
    }

    boolean isEmpty() throws IOException {
        return file.length() == 0;
    }

    /** Takes it away. */
    void remove() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    /** The run of a server that has made it. */
    String run() {
        return String.valueOf(path.getFileName()).replaceFirst("(-\\d+)?[.]journal$", "");
    }

    /** Gives it a name under which no server looks for it. */
    Path setAside() throws IOException {
        close();
        var aside = path.resolveSibling(path.getFileName() + UNREADABLE);
        return Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
