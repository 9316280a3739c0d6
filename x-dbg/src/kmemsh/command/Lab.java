package kmemsh.command;

import kmemsh.lang.MachineFacts;
import kmemsh.lang.Values;
import kmemsh.session.Session;

/**
 * What commands work on: the session, the kept values, and how the machine answers.
 *
 * @param session the machine and its history
 * @param values {@code $1}, {@code $p}
 * @param facts answers about the machine of the moment
 * @param procWriter where {@code echo > PATH} writes; null when there are no files
 * @param paths the names under /proc and /sys; null when there are none
 */
public record Lab(
    Session session, Values values, MachineFacts facts, ProcWriter procWriter, PathLister paths) {}
