namespace Quintet.Tests.BuildTasks;

/// <summary>
/// Assemblies of which somebody has changed bytes, with a seed: whatever they became, the reader ends, and reads the honest one beside.
/// </summary>
public sealed class HostileTests
{
    private const string Honest = "namespace Store { public class Disk { public string Load() => File.ReadAllText(\"a\"); } }";

    /// <summary>Something of everything that the reader looks at.</summary>
    private const string Rich =
        """
        namespace Rich
        {
            public interface ISource<T> { T Take(bool async); }
            public abstract class Base<T> { public abstract T Read(T[] into); protected virtual void Close() => Thread.Sleep(1); }
            public class Derived : Base<int>, ISource<string>, IDisposable
            {
                private readonly object _gate = new();
                private Stream? _stream;
                public override int Read(int[] into) { lock (_gate) { Thread.Sleep(into.Length); return into[0]; } }
                string ISource<string>.Take(bool async) => async ? "" : File.ReadAllText("a");
                public void Run(Action work, Func<int, Task<string>> later)
                {
                    work();
                    later(1).Wait();
                    _stream ??= File.OpenRead("b");
                }

                public void Dispose() { try { Close(); } finally { _stream?.Dispose(); } }
                public int Choose(int n) =>
                    n switch { 0 => 1, 1 => Read([1]), 2 => 3, 3 => 5, 4 => 8, _ => throw new ArgumentException("n") };
                public async Task<int> SumAsync(bool async) { await Task.Delay(1); if (!async) Thread.Sleep(2); return 1; }
                public IEnumerable<int> Walk() { foreach (var x in new[] { 1, 2 }) { Thread.Sleep(x); yield return x; } }
                public int Sum() => SumAsync(false).GetAwaiter().GetResult() + ((ISource<string>)this).Take(false).Length;
                public class Inner<K> { public List<Dictionary<K, int[,]>> Deep(ref K k) { Monitor.Enter(k!); return []; } }
            }
        }
        """;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 16)]
    [InlineData(4, 64)]
    [InlineData(5, 256)]
    public void Bytes_that_were_changed_harm_nobody(int seed, int changes)
    {
        using var lab = new EffectLab();
        var honest = lab.Compile("Store", Honest);
        var bytes = File.ReadAllBytes(lab.Compile("Rich", Rich));
        var path = Path.Combine(lab.Folder, "Changed.dll");
        var random = new Random(seed);
        for (var i = 0; i < 30; i++)
        {
            var broken = (byte[])bytes.Clone();
            for (var change = 0; change < changes; change++) broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            AssertHarmless(lab, path, broken, honest);
        }
    }

    [Fact]
    public void Files_that_were_cut_off_or_go_on_harm_nobody()
    {
        using var lab = new EffectLab();
        var honest = lab.Compile("Store", Honest);
        var bytes = File.ReadAllBytes(lab.Compile("Rich", Rich));
        var path = Path.Combine(lab.Folder, "Cut.dll");
        var random = new Random(6);
        for (var length = 0; length < bytes.Length; length += 1 + bytes.Length / 30) AssertHarmless(lab, path, bytes[..length], honest);
        var noise = new byte[4096];
        random.NextBytes(noise);
        AssertHarmless(lab, path, [.. bytes, .. noise], honest);
        for (var at = 512; at + 512 <= bytes.Length; at += 512)
        {
            var holed = (byte[])bytes.Clone();
            holed.AsSpan(at, 512).Clear();
            AssertHarmless(lab, path, holed, honest);
        }
    }

    private static void AssertHarmless(EffectLab lab, string path, byte[] content, string honest)
    {
        File.WriteAllBytes(path, content);
        var effects = lab.Effects();
        var lines = effects.LinesOf([path, honest]);
        Assert.Contains(lines, static line => line.StartsWith("blocks  M:Store.Disk.Load ", StringComparison.Ordinal));
        Assert.DoesNotContain(honest, effects.Unreadable);
    }
}
