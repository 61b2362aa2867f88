namespace Quintet.Tests.BuildTasks;

/// <summary>Several assemblies, the cache, and files that are none.</summary>
public sealed class ReferenceTests
{
    private const string Store = "namespace Store { public class Disk { public string Load() => File.ReadAllText(\"a\"); } }";
    private const string Shop = "namespace Shop { public class Desk { public string Open() => new Store.Disk().Load(); } }";

    [Fact]
    public void An_effect_goes_through_two_assemblies_in_whatever_order_they_are_given()
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", Store);
        var shop = lab.Compile("Shop", Shop, optimised: true, store);
        string[] expected =
        [
            "blocks  M:Store.Disk.Load  kind=file  twin=none  via=File.ReadAllText",
            "blocks  M:Shop.Desk.Open  kind=file  twin=none  via=Disk.Load>File.ReadAllText",
        ];
        Assert.Equal(expected, lab.LinesOf(shop, store));
        Assert.Equal(expected, lab.LinesOf(store, shop));
    }

    [Fact]
    public void Nothing_is_read_again_until_something_changed()
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", Store);
        var shop = lab.Compile("Shop", Shop, optimised: true, store);
        var first = lab.Effects();
        var lines = first.LinesOf([store, shop]);
        var second = lab.Effects();
        Assert.Equal(lines, second.LinesOf([store, shop]));
        lab.Compile("Store", Store.Replace("File.ReadAllText(\"a\")", "\"a\"", StringComparison.Ordinal));
        var third = lab.Effects();
        Assert.Empty(third.LinesOf([store, shop]));
        Assert.Equal((2, 0, 2), (first.Read, second.Read, third.Read));
    }

    [Fact]
    public void What_the_catalogue_speaks_of_is_not_said_again()
    {
        using var lab = new EffectLab();
        var curated = lab.Compile("Client", """
            namespace StackExchange.Redis
            {
                public class ConnectionMultiplexer
                {
                    public void Connect(string host) => Thread.Sleep(1);
                    public void Other(string host) => Thread.Sleep(1);
                }
            }
            """);
        Assert.Equal(["blocks  M:StackExchange.Redis.ConnectionMultiplexer.Other(System.String)  kind=sleep  twin=none  via=Thread.Sleep"],
            lab.LinesOf(curated));
    }

    [Theory]
    [InlineData("override", 0)]
    [InlineData("virtual", 1)]
    public void What_is_said_of_a_base_holds_for_what_overrides_it(string modifier, int expected)
    {
        using var lab = new EffectLab();
        var kind = modifier == "override" ? "" : "Odd";
        Assert.Equal(expected, lab.LinesOf(lab.Compile("Client",
            $"public class C : MemoryStream {{ public {modifier} void Write{kind}(byte[] b, int o, int n) => Thread.Sleep(1); }}")).Count);
    }

    [Theory]
    [InlineData("if (_loop.CheckAccess()) Work(); else Hand();")]
    [InlineData("if (_loop.CheckAccess()) Work(); else _loop.Invoke(Work);")]
    [InlineData("if (_isHere) Work(); else _loop.Invoke(Work);", "possible")]
    [InlineData("if (_loop.CheckAccess()) Work(); else Thread.Sleep(9);", "sure")]
    public void Who_asks_whether_it_is_on_its_loop_does_not_wait_for_the_loop(string body, params string[] expected)
    {
        using var lab = new EffectLab();
        var loop = lab.Compile("Avalonia.Base", """
            namespace Avalonia.Threading
            {
                public class Dispatcher
                {
                    public bool CheckAccess() => true;
                    public void Invoke(Action work) => work();
                }
            }
            """);
        var window = lab.Compile("Window", $$"""
            public class C
            {
                Avalonia.Threading.Dispatcher _loop = new Avalonia.Threading.Dispatcher(); public bool _isHere;
                public void Open() { {{body}} }
                private void Hand() => _loop.Invoke(Work);
                private void Work() { }
            }
            """, optimised: true, loop);
        Assert.Equal(expected, lab.LinesOf(window, loop)
            .Where(static line => line.StartsWith("blocks  M:C.Open ", StringComparison.Ordinal))
            .Select(static line => line.Contains("certainty=possible", StringComparison.Ordinal) ? "possible" : "sure"));
    }

    [Theory]
    [InlineData("get => File.ReadAllText(_path);", "P:C.Text")]
    [InlineData("get => File.ReadAllText(_path); set => _path = value;", "M:C.get_Text")]
    [InlineData("get => _path; set => File.WriteAllText(_path, value);", "M:C.set_Text(System.String)")]
    [InlineData("set => File.WriteAllText(_path, value);", "M:C.set_Text(System.String)")]
    [InlineData("get => File.ReadAllText(_path); set => File.WriteAllText(_path, value);", "M:C.get_Text", "M:C.set_Text(System.String)")]
    [InlineData("get => _path; set => _path = value;")]
    public void What_one_accessor_does_is_not_said_of_the_other(string accessors, params string[] expected)
    {
        using var lab = new EffectLab();
        var lines = lab.LinesOf(lab.Compile("Note", $$"""public class C { string _path = ""; public string Text { {{accessors}} } }"""));
        Assert.Equal(expected, lines.Select(static line => line.Split("  ")[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_said_of_all_overloads_is_not_said_of_private_ones()
    {
        using var lab = new EffectLab();
        const string Client = """
            namespace StackExchange.Redis
            {
                public class ConnectionMultiplexer
                {
                    public void Ping() => Connect("a", 1);
                    public void Dial() => Connect("a");
                    public void Connect(string host) => Thread.Sleep(1);
                    private void Connect(string host, int times) { }
                }
            }
            """;
        Assert.Equal("blocks  M:StackExchange.Redis.ConnectionMultiplexer.Dial  kind=network  twin=none  via=ConnectionMultiplexer.Connect",
            Assert.Single(lab.LinesOf(lab.Compile("Client", Client))));
    }

    [Theory]
    [InlineData("IDisposable ReaderLock()", 0)]
    [InlineData("IDisposable Reader()", 1)]
    [InlineData("string ReaderLock()", 1)]
    public void A_lock_that_is_taken_is_brief(string head, int expected)
    {
        using var lab = new EffectLab();
        Assert.Equal(expected, lab.LinesOf(lab.Compile("Locks",
            $"public class C {{ readonly SemaphoreSlim _s = new(1); public {head} {{ _s.Wait(); return null; }} }}")).Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public void What_one_overload_does_says_nothing_about_another(string argument, bool blocks)
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store",
            "namespace Store { public class Disk { public string Load() => File.ReadAllText(\"a\"); public string Load(int n) => null; "
                + "} }");
        var shop = lab.Compile("Shop",
            $"namespace Shop {{ public class Desk {{ public string Open() => new Store.Disk().Load({argument}); }} }}", true, store);
        Assert.Equal(blocks, lab.LinesOf(store, shop)
            .Any(static line => line.StartsWith("blocks  M:Shop.Desk.Open", StringComparison.Ordinal)));
    }

    [Fact]
    public void Files_that_are_no_assemblies_are_named_and_harm_nobody()
    {
        using var lab = new EffectLab();
        var good = lab.Compile("Store", Store);
        var bytes = File.ReadAllBytes(good);
        var random = new byte[4096];
        new Random(7).NextBytes(random);
        var files = new Dictionary<string, byte[]>
        {
            ["empty.dll"] = [], ["text.dll"] = "MZ not an assembly"u8.ToArray(), ["random.dll"] = random,
            ["half.dll"] = bytes[..(bytes.Length / 2)], ["header.dll"] = bytes[..200],
        };
        foreach (var (name, content) in files) File.WriteAllBytes(Path.Combine(lab.Folder, name), content);
        var effects = lab.Effects();
        var lines =
            effects.LinesOf([.. files.Keys.Select(name => Path.Combine(lab.Folder, name)), Path.Combine(lab.Folder, "missing.dll"), good]);
        Assert.Single(lines);
        Assert.Equal(files.Count + 1, effects.Unreadable.Count);
    }

    [Fact]
    public void An_assembly_cut_or_changed_anywhere_never_throws()
    {
        using var lab = new EffectLab();
        var bytes = File.ReadAllBytes(lab.Compile("Store", Store + Shop));
        var path = Path.Combine(lab.Folder, "Broken.dll");
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var broken = (byte[])bytes.Clone();
            for (var change = 0; change < 4; change++) broken[random.Next(broken.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, i % 2 == 0 ? broken : broken[..random.Next(1, broken.Length)]);
            lab.Effects().LinesOf([path]);
        }
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_done_without()
    {
        using var lab = new EffectLab();
        File.WriteAllText(Path.Combine(lab.Folder, "cache"), "a file where the folder should be");
        Assert.Single(lab.LinesOf(lab.Compile("Store", Store)));
    }
}
