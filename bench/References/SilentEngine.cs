using System.Collections;
using Microsoft.Build.Framework;

namespace Quintet.Bench.References;

/// <summary>A build that listens to no message, and to whom an error is one.</summary>
internal sealed class SilentEngine : IBuildEngine
{
    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "bench.csproj";

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        false;

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public void LogErrorEvent(BuildErrorEventArgs e) => throw new InvalidOperationException(e.Message);

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
        if (e.Importance == MessageImportance.High) throw new InvalidOperationException(e.Message);
    }

    public void LogWarningEvent(BuildWarningEventArgs e) => throw new InvalidOperationException(e.Message);
}
