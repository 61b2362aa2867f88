using System.CommandLine;

namespace Quintet.Tool.Commands;

/// <summary>What a command works on; the current folder when it is left out.</summary>
internal sealed class PathArgument : Argument<string>
{
    public PathArgument()
        : base("path")
    {
        Description = "A .sln, .slnx, .slnf or .csproj file, or a folder";
        DefaultValueFactory = _ => ".";
    }
}
