using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3020LockThatSerialisesIO>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3020LockThatSerialisesIOTests
{
    [Fact]
    public Task A_log_file_written_under_its_lock_is_flagged() => Flags(
        """
        class AuditFile
        {
            readonly object gate = new();
            public void Write(string line) { lock (gate) { [|File.AppendAllText("audit.txt", line)|]; } }
            public void Twice(string line) { lock (gate) { [|File.AppendAllText("audit.txt", line + line)|]; } }
        }
        """,
        "File.AppendAllText");

    [Fact]
    public Task A_list_written_under_its_lock_is_allowed() => Allows(
        """
        class AuditList
        {
            readonly object gate = new(); readonly List<string> lines = new();
            public void Write(string line) { lock (gate) { lines.Add(line); } }
            public void Twice(string line) { lock (gate) { lines.Add(line + line); } }
        }
        """);

    [Fact]
    public Task A_file_written_without_a_lock_is_allowed() => Allows(
        """
        class AuditFile
        {
            public void Write(string line) { File.AppendAllText("audit.txt", line); }
            public void Twice(string line) { File.AppendAllText("audit.txt", line + line); }
        }
        """);

    [Fact]
    public Task A_lock_on_the_device_itself_is_flagged() => Flags(
        """
        class Shared
        {
            readonly FileStream stream = new("x", FileMode.Open); long position;
            public int Read(byte[] bytes) { lock (stream) { stream.Position = position; return [|stream.Read(bytes, 0, bytes.Length)|]; } }
            public void Seek(long to) { lock (stream) { position = to; } }
        }
        """);
}
