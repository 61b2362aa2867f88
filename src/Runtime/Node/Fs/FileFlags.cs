namespace Quintet.Node;

/// <summary>How a file is opened. Source: Node's flags of <c>fs.open</c>.</summary>
internal readonly record struct FileFlags(FileMode Mode, FileAccess Access, bool Appends)
{
    internal static FileFlags Parse(string flags) => flags switch
    {
        "r" => new(FileMode.Open, FileAccess.Read, false),
        "r+" => new(FileMode.Open, FileAccess.ReadWrite, false),
        "w" => new(FileMode.Create, FileAccess.Write, false),
        "w+" => new(FileMode.Create, FileAccess.ReadWrite, false),
        "wx" or "xw" => new(FileMode.CreateNew, FileAccess.Write, false),
        "wx+" or "xw+" => new(FileMode.CreateNew, FileAccess.ReadWrite, false),
        "a" => new(FileMode.OpenOrCreate, FileAccess.Write, true),
        "a+" => new(FileMode.OpenOrCreate, FileAccess.ReadWrite, true),
        "ax" or "xa" => new(FileMode.CreateNew, FileAccess.Write, true),
        "ax+" or "xa+" => new(FileMode.CreateNew, FileAccess.ReadWrite, true),
        _ => throw new ArgumentException($"There are no flags '{flags}'. Use r, w or a, with + or x.", nameof(flags)),
    };
}
