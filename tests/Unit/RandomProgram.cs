using System.Text;

namespace Quintet.Tests;

/// <summary>
/// A program of a few files that somebody goes on editing. The same seed gives the same program and the same edits; what comes out need
/// not always compile, as in an editor.
/// </summary>
internal sealed class RandomProgram(int seed)
{
    private const int Classes = 6;

    private readonly Random _random = new(seed);
    private readonly List<Class> _classes = [];
    private readonly List<Dictionary<string, string>> _history = [];
    private int _names;

    /// <summary>What the last edit did, to find it again.</summary>
    public string Last { get; private set; } = "start";

    public Dictionary<string, string> Start()
    {
        for (var i = 0; i < Classes; i++) _classes.Add(new Class { Name = $"C{i}", File = $"F{i % 4}.cs", Other = $"F{(i + 1) % 4}.cs" });
        foreach (var one in _classes)
            for (var i = 0; i < 4; i++) Add(one);
        return Kept(Texts());
    }

    public Dictionary<string, string> Edit()
    {
        var one = Pick(_classes);
        var method = Pick(one.Methods);
        switch (_random.Next(24))
        {
            case < 11:
                EditBody(one, method);
                break;
            case 11 or 12:
                (Last, method.Result) = ($"result of {one.Name}.{method.Name}", _random.Next(8));
                break;
            case 13:
                (Last, one.Ready) = ($"{one.Name}.Ready", _random.Next(3));
                break;
            case 14:
                Add(one);
                break;
            case 15 when one.Methods.Count > 2:
                (Last, _) = ($"remove {one.Name}.{method.Name}", one.Methods.Remove(method));
                break;
            case 16:
                Rename(one, method, everywhere: _random.Next(2) == 0);
                break;
            case 17:
                (Last, method.Shape) = ($"signature of {one.Name}.{method.Name}", (Shape)_random.Next((int)Shape.Count));
                break;
            case 18:
                (Last, one.Does) = ($"interface of {one.Name}", !one.Does);
                break;
            case 19:
                (Last, one.Base) = ($"base of {one.Name}", one.Base is null ? Pick(_classes).Name : null);
                break;
            case 20:
                (Last, one.IsSplit) = ($"parts of {one.Name}", !one.IsSplit);
                break;
            case 21:
                (Last, one.Field) = ($"fields of {one.Name}", _random.Next(4));
                break;
            case 22:
                (Last, _) = ("undo", 0);
                return Pick(_history);
            default:
                (Last, one.Above) = ($"comment above {one.Name}", one.Above + 1);
                break;
        }

        return Kept(Texts());
    }

    private void EditBody(Class one, Method method)
    {
        var at = _random.Next(method.Body.Count + 1);
        Last = $"body of {one.Name}.{method.Name}";
        switch (_random.Next(4))
        {
            case 0 when method.Body.Count > 0: method.Body.RemoveAt(Math.Min(at, method.Body.Count - 1)); break;
            case 1 when method.Body.Count > 0: method.Body[Math.Min(at, method.Body.Count - 1)] = Statement(one, 0); break;
            // What a developer types most: nothing that matters here.
            case 2: method.Body.Insert(at, "{ var typed = 1; _ = typed; }"); break;
            default: method.Body.Insert(at, Statement(one, 0)); break;
        }
    }

    private void Add(Class one)
    {
        var method = new Method { Name = $"M{_names++}", Shape = (Shape)_random.Next((int)Shape.Count), Result = _random.Next(8) };
        one.Methods.Insert(_random.Next(one.Methods.Count + 1), method);
        for (var i = _random.Next(1, 5); i > 0; i--) method.Body.Add(Statement(one, 0));
        Last = $"add {one.Name}.{method.Name}";
    }

    private void Rename(Class one, Method method, bool everywhere)
    {
        var (old, now) = (method.Name + "(", $"M{_names++}(");
        Last = $"rename {one.Name}.{method.Name} to {now}, everywhere: {everywhere}";
        method.Name = now.TrimEnd('(');
        if (!everywhere) return;
        foreach (var caller in _classes.SelectMany(static other => other.Methods))
            for (var i = 0; i < caller.Body.Count; i++) caller.Body[i] = caller.Body[i].Replace(old, now, StringComparison.Ordinal);
    }

    private string Statement(Class one, int depth)
    {
        var kind = _random.Next(depth > 1 ? 12 : 24);
        return kind switch
        {
            0 => $"Thread.Sleep({_random.Next(1, 9)});",
            1 => "File.ReadAllText(\"a\");",
            2 => "_task.Wait();",
            3 => "_work();",
            4 => "_next.Do(n);",
            5 or 6 or 7 => Call(one),
            8 => "if (Ready) _task.Wait();",
            9 => "await Task.Yield();",
            10 => $"Console.Write({Made()}.ReadByte());",
            11 => $"_count += n; // {_random.Next(99)}",
            12 => $"lock (_gate) {{ _count++; {Statement(one, depth + 1)} }}",
            13 => $"Run(() => {{ {Statement(one, depth + 1)} }});",
            14 => $"Task.Run(() => {{ {Statement(one, depth + 1)} }}).Wait();",
            15 => $"foreach (var item in {Pick(_classes).Name}.Items()) {{ {Statement(one, depth + 1)} }}",
            16 => $"if (n > {_random.Next(3)}) {{ {Statement(one, depth + 1)} }}",
            17 => $"for (var i = 0; i < n; i++) for (var j = 0; j < {_random.Next(2, 9999)}; j++) {{ _count += i; {Statement(one, 2)} }}",
            18 => $"void Local{_random.Next(9)}() {{ {Statement(one, depth + 1)} }}",
            19 => $"try {{ {Statement(one, depth + 1)} }} catch (IOException) {{ {Statement(one, depth + 1)} }}",
            20 => $"_work = () => {{ {Statement(one, depth + 1)} }};",
            21 => "new Form1().Click += (_, _) => { " + Statement(one, depth + 1) + " };",
            22 => "KeptAsync().Wait();",
            _ => $"if (n < 0) {{ {Statement(one, depth + 1)} throw new ArgumentException(); }}",
        };
    }

    private string Call(Class one)
    {
        var target = _random.Next(3) == 0 ? one : Pick(_classes);
        if (target.Methods.Count == 0) return "Console.Write(n);";
        var method = Pick(target.Methods);
        var receiver = method.Shape == Shape.Static ? target.Name : target == one ? "this" : $"new {target.Name}()";
        return _random.Next(3) switch
        {
            0 => $"{receiver}.{method.Name}(n - 1);",
            1 => $"{receiver}.{method.Name}({_random.Next(3)});",
            _ => $"{receiver}.{method.Name}(n, {(_random.Next(2) == 0 ? "true" : "false")});",
        };
    }

    private string Made() => $"{Pick(_classes).Name}.Open()";

    private T Pick<T>(List<T> items) => items[_random.Next(items.Count)];

    private Dictionary<string, string> Kept(Dictionary<string, string> texts)
    {
        _history.Add(texts);
        return texts;
    }

    private Dictionary<string, string> Texts()
    {
        var files = new Dictionary<string, StringBuilder>
        {
            ["Start.cs"] = new(
                """
                interface IDo { void Do(int n); }
                class Form1 : System.Windows.Forms.Form
                {
                    protected override void OnLoad(EventArgs e) { new C0().Do(1); new C1().Do(2); }
                }
                static class Program { static void Main() { new C2().Do(3); } }

                """),
        };
        foreach (var one in _classes)
        {
            Of(one.File).Append(one.Text(isFirst: true));
            if (one.IsSplit) Of(one.Other).Append(one.Text(isFirst: false));
        }

        return files.ToDictionary(static file => file.Key, static file => file.Value.ToString());

        StringBuilder Of(string path) => files.TryGetValue(path, out var text) ? text : files[path] = new StringBuilder();
    }

    private enum Shape
    {
        Plain,
        Async,
        Static,
        Virtual,
        Override,
        Items,
        Count,
    }

    private sealed class Method
    {
        public required string Name { get; set; }

        public Shape Shape { get; set; }

        /// <summary>What stands at its end.</summary>
        public int Result { get; set; }

        public List<string> Body { get; } = [];

        public string Text()
        {
            var text = new StringBuilder();
            text.Append(Shape switch
            {
                Shape.Async => "    public async Task ",
                Shape.Static => "    public static void ",
                Shape.Virtual => "    public virtual void ",
                Shape.Override => "    public override void ",
                Shape.Items => "    public IEnumerable<int> ",
                _ => "    public void ",
            });
            text.Append(Name).AppendLine("(int n = 0, bool now = true)").AppendLine("    {");
            foreach (var statement in Body) text.Append("        ").AppendLine(statement);
            if (Result == 1) text.AppendLine("        if (now) Thread.Sleep(3);");
            if (Shape == Shape.Async) text.AppendLine("        await Task.Yield();");
            if (Shape == Shape.Items) text.AppendLine(Result > 3 ? "        yield return n;" : "        return [];");
            return text.AppendLine("    }").ToString();
        }
    }

    private sealed class Class
    {
        public required string Name { get; init; }

        public required string File { get; init; }

        /// <summary>Where the other part stands of one that is split.</summary>
        public required string Other { get; init; }

        public string? Base { get; set; }

        public bool Does { get; set; } = true;

        public bool IsSplit { get; set; }

        public int Ready { get; set; }

        public int Field { get; set; }

        public int Above { get; set; }

        public List<Method> Methods { get; } = [];

        public string Text(bool isFirst)
        {
            var text = new StringBuilder();
            if (isFirst)
                for (var i = 0; i < Above; i++) text.Append("// ").Append(i).AppendLine(" lines above.");
            text.Append(IsSplit ? "partial class " : "class ").Append(Name);
            if (isFirst && (Base is not null || Does)) text.Append(" : ").Append(string.Join(", ", Parents()));
            text.AppendLine().AppendLine("{");
            if (isFirst) AppendFields(text);
            else text.AppendLine("    readonly string _more = Path.GetFullPath(\"a\");");
            for (var i = 0; i < Methods.Count; i++)
                if (!IsSplit || i % 2 == 0 == isFirst) text.Append(Methods[i].Text());
            return text.AppendLine("}").ToString();
        }

        private IEnumerable<string> Parents() => new[] { Base, Does ? "IDo" : null }.OfType<string>();

        private void AppendFields(StringBuilder text)
        {
            var ready = Ready switch { 0 => "_task.IsCompleted", 1 => "_count > 0", _ => "!_task.IsCompleted" };
            var work = Field switch { 0 => "() => Thread.Sleep(1)", 1 => "() => { }", _ => "null!" };
            var next = Field switch { 2 => "null!", _ => "new C3()" };
            var made = Methods.Count % 2 == 0 ? "new MemoryStream()" : "File.OpenRead(\"a\")";
            var kept = Methods.Count % 3 == 0 ? "if (_kept is not null) return _kept;" : "Console.Write(1);";
            text.AppendLine(
                $$"""
                    static readonly string Text = File.Exists("a") ? File.ReadAllText("a") : "";
                    readonly object _gate = new();
                    readonly Task _task = Task.Delay({{Field}});
                    IDo _next = {{next}};
                    Action _work = {{work}};
                    Task<string>? _kept;
                    int _count;
                    static {{Name}}() { Console.Write({{Field}}); }
                    bool Ready => {{ready}};
                    public static Stream Open() { return {{made}}; }
                    public static List<int> Items() => [];
                    void Run(Action action) => action();
                    Task<string> KeptAsync() { {{kept}} _kept = File.ReadAllTextAsync(Text); return _kept; }
                    public void Do(int n) { {{(Methods.Count > 0 ? $"this.{Methods[0].Name}(n);" : "")}} }
                """);
        }
    }
}
