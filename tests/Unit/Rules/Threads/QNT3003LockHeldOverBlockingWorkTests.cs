using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3003LockHeldOverBlockingWorkTests
{
    [Fact]
    public Task A_file_read_under_a_lock_that_a_coroutine_takes_is_flagged() => Flags(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { lock (gate) { texts[path] = [|File.ReadAllText(path)|]; } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """,
        "File.ReadAllText");

    [Fact]
    public Task A_file_read_two_calls_down_is_flagged_where_the_lock_is_held() => Flags(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { lock (gate) { texts[path] = [|Read(path)|]; } }
            string Read(string path) => Open(path);
            string Open(string path) => File.ReadAllText(path);
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """,
        "Load → Read → Open → File.ReadAllText");

    [Fact]
    public Task A_file_read_before_the_lock_is_allowed() => Allows(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { var text = File.ReadAllText(path); lock (gate) { texts[path] = text; } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """);

    [Fact]
    public Task A_lock_of_its_own_is_allowed() => Allows(
        """
        class Prices
        {
            readonly object gate = new(); readonly object other = new(); Dictionary<string, string> texts = new();
            public void Load(string path) { lock (other) { File.ReadAllText(path); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """);

    [Fact]
    public Task A_read_from_memory_is_allowed() => Allows(
        """
        class Prices
        {
            readonly object gate = new(); Dictionary<string, int> sizes = new();
            public void Load(string path, byte[] bytes) { lock (gate) { sizes[path] = new MemoryStream(bytes).ReadByte(); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return sizes.Count; }
        }
        """);

    [Fact]
    public Task Dispose_is_allowed() => Allows(
        """
        class Prices : IDisposable
        {
            readonly object gate = new(); Dictionary<string, string> texts = new();
            public void Dispose() { lock (gate) { texts["x"] = File.ReadAllText("x"); } }
            public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return texts.Count; }
        }
        """);
}
