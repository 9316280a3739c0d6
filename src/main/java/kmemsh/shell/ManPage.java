package kmemsh.shell;

import java.util.List;
import kmemsh.command.Command;
import kmemsh.command.CommandTable;
import kmemsh.command.Usage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page: the program's picocli model and every command's declaration as roff. */
final class ManPage {
  private static final String INTRODUCTION =
      """
      kmemsh models the page allocator of Linux 6.1 to the last page frame. Its commands are the
      kernel's own calls; each answers as a real kernel would, can be explained step by step, and
      can be undone.
      .PP
      At a terminal it shows a prompt. A SCRIPT, \\fB\\-c\\fR, or a standard input that is no terminal
      is run line by line; neither prompt nor banner appear then, and answers are drawn for 80 columns
      however wide the terminal is, so that a script gives the same bytes everywhere. At a prompt they
      are as wide as the terminal, from 20 columns on.
      .PP
      Commands that draw take \\fB\\-\\-plain\\fR: the facts in words. \\fB\\-\\-output plain\\fR has it so
      for all of them.
      """;

  private static final String LANGUAGE =
      """
      A line is words separated by blanks, with quotes as in sh. \\fB#\\fR begins a comment,
      \\fB;\\fR separates commands, and a line that ends in \\fB\\e\\fR goes on in the next one.
      .TP
      .B Numbers
      10, 0x1f, 017, and sizes such as 64K, 1M or 2G, in powers of 1024.
      .TP
      .B Masks
      the kernel's names joined with |, such as GFP_KERNEL|__GFP_ZERO, or a hex number.
      .TP
      .B Values
      each result is $1, $2 and so on; $_ is the last one, and
      .B p = alloc_pages 3
      names it $p. $p.pfn, $p.addr and $p+1 work wherever a number does; $1[3] is one of a list.
      .TP
      .BI repeat " N COMMAND"
      runs a command N times as one operation, which gives a list.
      .TP
      .BI for " X " in " ITEM...: COMMAND"
      runs a command for each item; the elements of a list are items.
      .TP
      .BI assert " EXPRESSION"
      fails unless the expression holds, such as free(Normal,3) == 12.
      .TP
      .BI ! " COMMAND"
      expects that the command is refused.
      """;

  private static final String TRANSCRIPTS =
      """
      A script whose first command stands behind
      .B kmemsh>
      is a transcript: it also holds the answers. Running it writes it again with the answers of
      now, and one that is not as recorded is an error. Comments and blank lines behind an answer
      are kept; a command without a recorded answer is not compared.
      """;

  private static final String STATUS =
      """
      .TP
      .B 0
      All commands did what they say. An allocation that gives NULL is a result, not an error.
      .TP
      .B 1
      A command was refused, an assertion failed, or replay found a difference.
      .TP
      .B 2
      The program was called wrongly: an option, the machine, or the script.
      .TP
      .B 3
      replay found no difference, but skipped sections that are not modelled.
      .TP
      .B 70
      kmemsh itself is wrong. Please report it; with KMEMSH_DEBUG=1 it says where.
      """;

  private static final String FILES =
      """
      .TP
      .I $XDG_STATE_HOME/kmemsh/history
      What was typed at the prompt; by default in ~/.local/state. Only you can read it.
      .TP
      .I $XDG_STATE_HOME/kmemsh/journal\\-PID
      What a session at the prompt did, as a script. It goes when you leave;
      .B kmemsh \\-\\-resume
      goes on where the newest session stopped that was killed; when you then leave, it and all
      older ones are given up. By itself such a journal goes after 7 days.
      .TP
      .I $XDG_DATA_HOME/kmemsh/scores
      What you answered in drills, one line an answer; by default in ~/.local/share. A damaged file is kept
      beside it as scores.damaged.
      .TP
      .I $XDG_DATA_HOME/kmemsh/tour
      Where you are in the tour.
      .TP
      .I machine file
      What \\-\\-machine and reboot take besides i386 and x86_64. One setting a line, # begins a comment:
      arch, mem, cpus, nodes, slab, slub_debug, slab_nomerge, no_hash_pointers, pageblock_order, max_low_pfn,
      "cpu N node M", "reserved START END", pae, smp, cma, thp, compaction, or firmware lines, "BIOS\\-e820: [mem
      0x0000000000100000\\-0x000000007ffdffff] usable".
      .TP
      .I $XDG_CACHE_HOME/kmemsh
      Class\\-data archives that make starting fast; by default in ~/.cache. They may be deleted.
      .SH ENVIRONMENT
      .TP
      .B JAVA_HOME
      The Java to run with, version 17 or later; otherwise the java on the PATH.
      .TP
      .B KMEMSH_ARCHIVE
      With the value off, no class\\-data archive is used or made.
      .TP
      .B NO_COLOR
      When set, \\-\\-color=auto means never; so does TERM=dumb.
      """;

  private static final String CHANGES =
      """
      .TP
      .B 0.1.0
      The first version: the page allocator, SLAB, SLUB and SLOB, the shell around them, replay of recordings.
      """;

  private final StringBuilder out = new StringBuilder();

  private ManPage() {}

  /** The page for the commands of {@code table}; it ends in a newline. */
  static String of(CommandTable table) {
    ManPage page = new ManPage();
    page.out.append(".TH KMEMSH 1 \"\" \"kmemsh\" \"User Commands\"\n");
    page.section("NAME", "kmemsh \\- a Linux kernel\\-memory laboratory at the terminal\n");
    page.synopsis();
    page.section("DESCRIPTION", INTRODUCTION);
    page.options();
    page.section("THE LANGUAGE OF A LINE", LANGUAGE);
    page.section("COMMANDS", "");
    for (String group : table.groups()) {
      page.group(table, group);
    }
    page.section("TRANSCRIPTS", TRANSCRIPTS);
    page.section("EXIT STATUS", STATUS);
    page.section("FILES", FILES);
    page.section("CHANGES", CHANGES);
    return page.out.toString();
  }

  private void section(String title, String body) {
    out.append(".SH ").append(title).append('\n').append(body);
  }

  private void synopsis() {
    section("SYNOPSIS", "");
    String[] lines = ProgramModel.commandLine().getCommandSpec().usageMessage().customSynopsis();
    for (int i = 0; i < lines.length; i++) {
      out.append(i == 0 ? "" : ".br\n").append(escape(lines[i].strip())).append('\n');
    }
  }

  private void options() {
    section("OPTIONS", "");
    CommandSpec spec = ProgramModel.commandLine().getCommandSpec();
    for (OptionSpec option : spec.options()) {
      out.append(".TP\n\\fB").append(escape(String.join(", ", option.names()))).append("\\fR");
      if (option.arity().max() > 0) {
        out.append(" \\fI").append(escape(option.paramLabel())).append("\\fR");
      }
      out.append('\n').append(escape(String.join(" ", option.description()))).append('\n');
    }
  }

  private void group(CommandTable table, String group) {
    if (table.names(group).length == 0) {
      return;
    }
    out.append(".SS ").append(escape(table.title(group))).append('\n');
    for (String name : table.names(group)) {
      Command command = table.command(name);
      if (command != null) {
        command(command.usage());
      }
    }
  }

  private void command(Usage usage) {
    out.append(".TP\n\\fB").append(escape(usage.name())).append("\\fR");
    out.append(usage.arguments().isEmpty() ? "" : " " + escape(usage.arguments())).append('\n');
    out.append(escape(usage.summary())).append(".\n");
    for (Usage.Param param : usage.params()) {
      item(param.label(), param.description(), param.defaultText());
    }
    for (Usage.Option option : usage.options()) {
      String label = option.label().isEmpty() ? "" : " " + option.label();
      item(String.join(", ", option.names()) + label, option.description(), option.defaultText());
    }
  }

  private void item(String label, String description, String defaultText) {
    out.append(".br\n\\fI").append(escape(label)).append("\\fR: ").append(escape(description));
    out.append(defaultText.isEmpty() ? "" : " (default: " + escape(defaultText) + ")");
    out.append('\n');
  }

  /** {@code text} so that roff shows it as it is. */
  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return List.of('.', '\'').contains(escaped.isEmpty() ? ' ' : escaped.charAt(0))
        ? "\\&" + escaped
        : escaped;
  }
}
