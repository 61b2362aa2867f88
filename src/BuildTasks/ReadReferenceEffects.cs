using Microsoft.Build.Framework;
using Quintet.BuildTasks.Caching;
using Task = Microsoft.Build.Utilities.Task;

namespace Quintet.BuildTasks;

/// <summary>
/// Reads the compiled bodies of a project's references and writes what they do to a file that the analyzers get. In a build the other
/// projects of a solution are reference assemblies without bodies, and packages never had source.
/// </summary>
public sealed class ReadReferenceEffects : Task, ICancelableTask
{
    private static readonly byte[] Head =
        EffectText.Of(["# Written by the build from the compiled references of this project; see docs/effects.md."]);

    private ReaderProcess? _process;

    /// <summary>What the compiler is given; a project's reference assembly is replaced by what was really compiled.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>What is deployed: for a package whose reference assembly the compiler is given, the one with bodies.</summary>
    public ITaskItem[] Deployed { get; set; } = [];

    /// <summary>The simple name of the assembly that is compiled: it may see what is internal to some of the references.</summary>
    public string AssemblyName { get; set; } = "";

    /// <summary>The file to write. It is not touched when its content would be the same.</summary>
    [Required]
    public string OutputFile { get; set; } = "";

    /// <summary>Where lines are kept for other projects and builds; empty for nowhere.</summary>
    public string CacheFolder { get; set; } = "";

    /// <summary>
    /// The <c>dotnet</c> that runs this build: where there is much to read it is read in a process of its own. Empty to read all in this
    /// one.
    /// </summary>
    public string Host { get; set; } = "";

    /// <summary>All that is there was read, and the file is written: until a reference changes there is nothing to do.</summary>
    [Output]
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            _process = CacheFolder.Length == 0 || Host.Length == 0 ? null : new ReaderProcess(Host, CacheFolder);
            var effects = new ReferenceEffects(new EffectCache(CacheFolder.Length == 0 ? null : CacheFolder), _process);
            var text = new MemoryStream();
            text.Write(Head, 0, Head.Length);
            var lines = effects.Write(text, Implementations(), AssemblyName);
            if (effects.Unreadable.Count > 0)
                Log.LogMessage(MessageImportance.Low,
                    "Quintet reads no effects from {0} reference(s) that hold no managed code or cannot be read, first {1}.",
                    effects.Unreadable.Count, effects.Unreadable[0]);
            Log.LogMessage(MessageImportance.Low, "Quintet: {0} effect(s) of references, {1} assembly(ies) read.", lines, effects.Read);
            Write(text);
            IsComplete = !effects.IsAnyClosed;
        }
        // Knowing less about references is no reason to fail anybody's build.
        catch (Exception unexpected)
        {
            Log.LogMessage(MessageImportance.High, "Quintet could not read the effects of references and goes on without: {0}",
                unexpected.Message);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Cancel() => _process?.Cancel();

    private IEnumerable<string> Implementations()
    {
        var deployed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in Deployed)
        {
            var name = Path.GetFileName(item.ItemSpec);
            if (!deployed.ContainsKey(name)) deployed.Add(name, item.ItemSpec);
        }

        foreach (var reference in References)
        {
            if (reference.GetMetadata("FrameworkReferenceName").Length > 0) continue;
            var isPackage = reference.GetMetadata("NuGetPackageId").Length > 0;
            yield return PackageLayout.ImplementationOf(
                isPackage && deployed.TryGetValue(Path.GetFileName(reference.ItemSpec), out var implementation)
                    ? implementation : reference.ItemSpec);
        }
    }

    private void Write(MemoryStream text)
    {
        var length = (int)text.Length;
        if (new FileInfo(OutputFile) is { Exists: true } file && file.Length == length && File.ReadAllBytes(OutputFile) is var written
            && written.AsSpan().SequenceEqual(text.GetBuffer().AsSpan(0, length))) return;
        if (Path.GetDirectoryName(OutputFile) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        using var output = new FileStream(OutputFile, FileMode.Create, FileAccess.Write, FileShare.Read);
        output.Write(text.GetBuffer(), 0, length);
    }
}
