using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// Which methods keep what they do to themselves, whatever they are passed: those that give a task or are walked through, unless a
/// parameter chooses their form. Told from their signatures, most of which are never spelled.
/// </summary>
internal sealed class ChainEnds(MemberNames names, Coroutines coroutines, Func<int, bool> hasTwoForms)
{
    private readonly Dictionary<int, bool> _isTask = [];
    private readonly byte[] _known = new byte[names.Metadata.GetTableRowCount(TableIndex.MethodDef)];

    [MethodImpl(Speed.Hot)]
    public bool Is(int method)
    {
        const byte Yes = 1, No = 2;
        if (_known[method] == 0) _known[method] = (coroutines.Is(method) || GivesTask(method)) && !hasTwoForms(method) ? Yes : No;
        return _known[method] == Yes;
    }

    public bool GivesTask(int method)
    {
        try
        {
            var type = SignatureGuard.Result(names.Metadata.GetBlobReader(
                names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(method)).Signature));
            if (type.Kind is not (HandleKind.TypeReference or HandleKind.TypeDefinition)) return false;
            var token = MetadataTokens.GetToken(type);
            if (!_isTask.TryGetValue(token, out var known)) _isTask.Add(token, known = Callee.IsTask(names.TypeName(type)));
            return known;
        }
        // What is wrong with it is found when the method is read.
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
